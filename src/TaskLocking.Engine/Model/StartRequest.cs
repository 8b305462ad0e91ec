using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Begin to work on a task that is assigned to, or claimed by, the agent.</summary>
/// <param name="Id">The task.</param>
/// <param name="Holder">The agent, and the process that works.</param>
public sealed record StartRequest(string Id, LeaseHolder Holder)
{
    /// <summary>The claim's token; null: the agent's name decides.</summary>
    public long? Token { get; init; }

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    public IReadOnlyList<string> Capabilities { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>For how long a claim is given where there is none yet, 1 s to 30 days.</summary>
    public TimeSpan Ttl { get; init; } = TaskRequest.DefaultTtl;

    /// <summary>What to do if somebody else has the task's files.</summary>
    public FileOverlap OnOverlap { get; init; }

    /// <summary>
    /// Although another living process has the claim under this name; it is then judged by the process that is named here.
    /// </summary>
    public bool Force { get; init; }
}
