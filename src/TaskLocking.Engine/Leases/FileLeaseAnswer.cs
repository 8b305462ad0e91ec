using System.Collections.Generic;
using TaskLocking.Diagnostics;

namespace TaskLocking.Leases;

/// <summary>The answer to taking or freeing leases on files.</summary>
/// <param name="Success">Everything that was asked for was done; else nothing was.</param>
/// <param name="Leases">The leases that were taken, renewed or freed, in the order asked for.</param>
/// <param name="Refused">Why not, a refusal for each path in the way.</param>
public sealed record FileLeaseAnswer(bool Success, IReadOnlyList<FileLease> Leases, IReadOnlyList<Refusal> Refused);
