using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Up to where somebody was told of a board: what goes on from here tells nothing twice.</summary>
/// <param name="Version">The newest commit that was looked at.</param>
/// <param name="Stuck">The tasks that were stuck then.</param>
/// <param name="DoneSwarms">The swarms that were done then.</param>
public sealed record HookPosition(long Version, IReadOnlyList<string> Stuck, IReadOnlyList<string> DoneSwarms) : ValueObject
{
    /// <summary>The newest commit that was looked at.</summary>
    public long Version { get; } = Version;

    /// <summary>The tasks that were stuck then.</summary>
    public IReadOnlyList<string> Stuck { get; } = FixedList<string>.Of(Stuck);

    /// <summary>The swarms that were done then.</summary>
    public IReadOnlyList<string> DoneSwarms { get; } = FixedList<string>.Of(DoneSwarms);
}
