using System;

namespace TaskLocking;

/// <summary>Who holds a lock: a hint for messages, never a proof. Unknown parts are null.</summary>
public sealed record LockHolder(int? Pid, string? Agent = null, string? Host = null, DateTimeOffset? Since = null, string? Doing = null)
    : ValueObject
{
    /// <summary>The process, on its own host.</summary>
    public int? Pid { get; internal init; } = Pid;

    /// <summary>The name that the holder gave.</summary>
    public string? Agent { get; } = Agent;

    /// <summary>The holder's machine.</summary>
    public string? Host { get; } = Host;

    /// <summary>When the lock was taken.</summary>
    public DateTimeOffset? Since { get; } = Since;

    /// <summary>What the holder said it does.</summary>
    public string? Doing { get; } = Doing;

    /// <summary>Nothing is known about the holder.</summary>
    public static LockHolder Unknown { get; } = new((int?)null);

    /// <summary>"agent a, pid 12 on host h, since 10:00:00Z, doing x", as far as it is known.</summary>
    public override string ToString()
    {
        var text = Agent is null ? "" : "agent " + Agent;
        if (Pid is { } pid)
            text += (text.Length > 0 ? ", " : "") + "pid " + pid + (Host is null ? "" : " on " + Host);
        if (Since is { } since)
            text += (text.Length > 0 ? ", " : "") + "since " + since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");
        if (Doing is not null)
            text += (text.Length > 0 ? ", " : "") + "doing " + Doing;
        return text.Length > 0 ? text : "unknown";
    }
}
