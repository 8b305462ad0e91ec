using System;

namespace TaskLocking.Ready;

/// <summary>
/// How far the work on a task is, where that is all that has changed since the task was read: nobody need read it again for its place in
/// the queue.
/// </summary>
/// <param name="read">Reads the task as it is now.</param>
internal sealed class WorkStep(Func<string, AgentTask?> read)
{
    public AgentTaskStatus Status { get; private set; }

    /// <summary>Who has claimed it; null if nobody has.</summary>
    public ClaimHolder? Holder { get; private set; }

    /// <summary>When the claim expires, in UTC ticks.</summary>
    public long Expires { get; private set; }

    private AgentTask? Read { get; set; }

    public void Set(AgentTaskStatus status, ClaimHolder? holder, long expires) =>
        (Status, Holder, Expires, Read) = (status, holder, expires, null);

    /// <summary>The task as it is now.</summary>
    public AgentTask? TaskOf(string id) => Read ??= read(id);
}
