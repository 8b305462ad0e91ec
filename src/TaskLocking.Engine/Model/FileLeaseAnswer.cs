using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The answer to taking or freeing leases on files.</summary>
public sealed record FileLeaseAnswer(bool Success, IReadOnlyList<FileLease> Leases, IReadOnlyList<Refusal> Refused) : ValueObject
{
    /// <summary>Everything that was asked for was done; else nothing was.</summary>
    public bool Success { get; } = Success;

    /// <summary>The leases that were taken, renewed or freed, in the order asked for.</summary>
    public IReadOnlyList<FileLease> Leases { get; } = FixedList<FileLease>.Of(Leases);

    /// <summary>Why not, a refusal for each path in the way.</summary>
    public IReadOnlyList<Refusal> Refused { get; } = FixedList<Refusal>.Of(Refused);
}
