using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// What most patches tell, found by their bytes alone: who works on a task, and how far the work is. A patch that tells anything else which
/// may matter to others is none of these.
/// </summary>
/// <remarks>As everything that is found by bytes, it relies on a checksum that vouches for who wrote them.</remarks>
internal readonly record struct PatchGlance
{
    /// <summary>Where the id of the todo stands, without quotes and without escapes.</summary>
    public Range Id { get; private init; }

    /// <summary>Null if the patch sets none.</summary>
    public AgentTaskStatus? Status { get; private init; }

    /// <summary>Whether it gives a claim, prolongs it, or takes it away.</summary>
    public bool SetsClaim { get; private init; }

    /// <summary>Whether the claim is taken away.</summary>
    public bool EndsClaim => SetsClaim && Expires == 0;

    /// <summary>Where it stands who has the claim: its members from the agent to the start of the process.</summary>
    public Range Holder { get; private init; }

    /// <summary>When the claim expires, in UTC ticks.</summary>
    public long Expires { get; private init; }

    /// <summary>Reads an operation up to the bracket before its history, behind which the place then is; false for any other.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, ref int at, out PatchGlance glance)
    {
        glance = default;
        if (!JsonScan.Skip(json, ref at, "{\"id\":"u8))
            return false;
        var start = at + 1;
        at = JsonScan.String(json, at);
        var id = start..(at - 1);
        AgentTaskStatus? status = null;
        if (json[id].IndexOf((byte)'\\') >= 0 || !TryReadSet(json, ref at, ref status))
            return false;
        var (setsClaim, holder, expires) = (false, default(Range), 0L);
        if (JsonScan.Skip(json, ref at, ",\"own\":{"u8) && !TryReadOwn(json, ref at, ref setsClaim, ref holder, ref expires))
            return false;
        glance = new PatchGlance { Id = id, Status = status, SetsClaim = setsClaim, Holder = holder, Expires = expires };
        return JsonScan.Skip(json, ref at, ",\"log\":["u8);
    }

    /// <summary>Takes the members of <see cref="Holder"/> apart; false if some of them are written in another way.</summary>
    public static bool TryReadHolder(ReadOnlySpan<byte> holder, out string agent, out string host, out int pid, out string start)
    {
        (agent, host, start, pid) = ("", "", "", 0);
        var at = 0;
        if (!TryReadText(holder, ref at, "\"agent\":"u8, out agent) || !TryReadText(holder, ref at, ",\"host\":"u8, out host)
            || !JsonScan.Skip(holder, ref at, ",\"pid\":"u8)
            || TryReadNumber(holder, ref at) is not (> 0 and <= int.MaxValue and var number))
            return false;
        pid = (int)number;
        return TryReadText(holder, ref at, ",\"processStart\":"u8, out start) && at == holder.Length;
    }

    private static bool TryReadSet(ReadOnlySpan<byte> json, ref int at, ref AgentTaskStatus? status)
    {
        if (!JsonScan.Skip(json, ref at, ",\"set\":{"u8))
            return false;
        for (; JsonScan.Name(json, ref at, out var name);)
        {
            var field = json[name];
            if (field.SequenceEqual("status"u8))
            {
                status = JsonScan.Skip(json, ref at, "\"In Progress\""u8) ? AgentTaskStatus.InProgress
                    : JsonScan.Skip(json, ref at, "\"Done\""u8) ? AgentTaskStatus.Done
                    : JsonScan.Skip(json, ref at, "\"Review\""u8) ? AgentTaskStatus.Review
                    : AgentTaskStatus.Unknown;
                if (status == AgentTaskStatus.Unknown)
                    return false;
            }
            else if (field.SequenceEqual("assignee"u8) ? !TrySkipAssignee(json, ref at)
                : !(field.SequenceEqual("lastModified"u8) || field.SequenceEqual("completedAt"u8) || field.SequenceEqual("updated_at"u8))
                    || !TrySkipText(json, ref at))
            {
                return false;
            }
        }
        return JsonScan.Skip(json, ref at, "}"u8);
    }

    // An agent or a host: a person is counted apart.
    private static bool TrySkipAssignee(ReadOnlySpan<byte> json, ref int at) =>
        (JsonScan.Skip(json, ref at, "{\"type\":\"agent\",\"name\":\""u8)
            || JsonScan.Skip(json, ref at, "{\"type\":\"host\",\"name\":\""u8))
        && json[at] != '"' && TrySkipText(json, ref at, -1)
        && JsonScan.Skip(json, ref at, ",\"hostname\":"u8) && TrySkipText(json, ref at)
        && JsonScan.Skip(json, ref at, ",\"assigned_at\":"u8) && TrySkipText(json, ref at)
        && JsonScan.Skip(json, ref at, ",\"assigned_by\":"u8) && TrySkipText(json, ref at)
        && JsonScan.Skip(json, ref at, "}"u8);

    private static bool TryReadOwn(ReadOnlySpan<byte> json, ref int at, ref bool setsClaim, ref Range holder, ref long expires)
    {
        for (; JsonScan.Name(json, ref at, out var name);)
        {
            var field = json[name];
            if (field.SequenceEqual("claim"u8))
            {
                setsClaim = true;
                if (!JsonScan.Skip(json, ref at, "null"u8) && !TryReadClaim(json, ref at, out holder, out expires))
                    return false;
            }
            else if (field.SequenceEqual("startedAt"u8) ? !TrySkipText(json, ref at)
                : !field.SequenceEqual("attempt"u8) || TryReadNumber(json, ref at) < 0)
            {
                return false;
            }
        }
        return JsonScan.Skip(json, ref at, "}"u8);
    }

    private static bool TryReadClaim(ReadOnlySpan<byte> json, ref int at, out Range holder, out long expires)
    {
        (holder, expires) = (default, 0);
        if (!JsonScan.Skip(json, ref at, "{\"token\":"u8) || TryReadNumber(json, ref at) < 0 || !JsonScan.Skip(json, ref at, ","u8))
            return false;
        var start = at;
        if (!JsonScan.Skip(json, ref at, "\"agent\":\""u8) || json[at] == '"' || !TrySkipText(json, ref at, -1)
            || !JsonScan.Skip(json, ref at, ",\"host\":"u8) || !TrySkipText(json, ref at)
            || !JsonScan.Skip(json, ref at, ",\"pid\":"u8) || TryReadNumber(json, ref at) < 0
            || !JsonScan.Skip(json, ref at, ",\"processStart\":"u8) || !TrySkipText(json, ref at))
            return false;
        holder = start..at;
        if (json[holder].IndexOf((byte)'\\') >= 0 || !JsonScan.Skip(json, ref at, ",\"claimed\":"u8) || !TrySkipText(json, ref at)
            || !JsonScan.Skip(json, ref at, ",\"expires\":\""u8) || !Timestamp.TryReadTicks(json.Slice(at, Timestamp.Length), out expires))
            return false;
        at += Timestamp.Length;
        return JsonScan.Skip(json, ref at, "\",\"ttl\":"u8) && TrySkipNumber(json, ref at) && JsonScan.Skip(json, ref at, "}"u8);
    }

    private static bool TryReadText(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> name, out string text)
    {
        text = "";
        if (!JsonScan.Skip(json, ref at, name) || json[at] != '"')
            return false;
        var start = at + 1;
        at = JsonScan.String(json, at);
        text = JsonScan.Utf8(json[start..(at - 1)]);
        return true;
    }

    // A string, or null where there is none.
    private static bool TrySkipText(ReadOnlySpan<byte> json, ref int at, int quote = 0)
    {
        if (quote == 0 && json[at] != '"')
            return JsonScan.Skip(json, ref at, "null"u8);
        at = JsonScan.String(json, at + quote);
        return true;
    }

    private static bool TrySkipNumber(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while (json[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            at++;
        return at > start;
    }

    // Negative where there is none.
    private static long TryReadNumber(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        var number = 0L;
        for (; json[at] is >= (byte)'0' and <= (byte)'9'; at++)
            number = at - start < 18 ? number * 10 + (json[at] - '0') : -1;
        return at > start ? number : -1;
    }
}
