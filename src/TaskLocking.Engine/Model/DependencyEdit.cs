using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Dependencies to add to, or to take from, one task.</summary>
/// <param name="Id">The task that waits.</param>
/// <param name="DependsOn">What it waits for; those to add need not exist yet.</param>
public sealed record DependencyEdit(string Id, IReadOnlyList<string> DependsOn)
{
    /// <summary>What it waits for, as it was named.</summary>
    public IReadOnlyList<string> DependsOn { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(DependsOn);

    /// <summary>Refuse unless the task still has this version.</summary>
    public long? IfVersion { get; init; }
}
