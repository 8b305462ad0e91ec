using System;

namespace TaskLocking.Proof;

/// <summary>Something that a machine can do to a board.</summary>
/// <param name="Name">As it is counted.</param>
/// <param name="Make">Does it; false where it could not be done just now.</param>
internal sealed record MachineFault(string Name, Func<bool> Make);
