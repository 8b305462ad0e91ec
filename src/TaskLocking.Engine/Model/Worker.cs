using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// Who asks: a name, whether it is a person's, and the processes that act under it. One name is not one worker: what a living process has
/// is not another's because both have one name. Who is that process, or was started below it, acts for it; so does whoever shows the token.
/// </summary>
/// <param name="Name">Compared ordinally.</param>
/// <param name="IsPerson">A person and an agent of one name are two.</param>
/// <param name="Callers">Processes of this host; empty: the name alone decides.</param>
internal sealed record Worker(string Name, bool IsPerson, IReadOnlyList<int> Callers)
{
    /// <summary>An agent as others speak of it.</summary>
    public static Worker Named(string name, bool isPerson = false) => new(name, isPerson, []);

    /// <summary>Whether it is one of that name and kind.</summary>
    public bool IsCalled(string? name, bool isPerson) => IsPerson == isPerson && string.Equals(Name, name, StringComparison.Ordinal);

    /// <summary>Whether another process has the claim under this name and, as far as can be told, still works.</summary>
    public bool IsAnothers(TaskClaim claim, DateTimeOffset now, ILiveness liveness) =>
        Callers.Count > 0 && claim.Pid is { } pid && LeaseTerm.End(claim, now, liveness) is null
            && !IsAmong(pid, claim.ProcessStart, liveness);

    /// <summary>The same of a lease on a file.</summary>
    public bool IsAnothers(FileLease lease, DateTimeOffset now, ILiveness liveness) =>
        Callers.Count > 0 && lease.Pid is { } pid && LeaseTerm.End(lease, now, liveness) is null
            && !IsAmong(pid, lease.ProcessStart, liveness);

    /// <summary>Whether the claim names no other process than those that ask.</summary>
    public bool IsOf(TaskClaim claim, ILiveness? liveness) =>
        Callers.Count == 0 || claim.Pid is not { } pid || IsAmong(pid, claim.ProcessStart, liveness);

    /// <summary>Whether the lease is this worker's own.</summary>
    public bool Has(FileLease lease, DateTimeOffset now, ILiveness liveness) =>
        IsCalled(lease.Agent, lease.IsPersons) && !IsAnothers(lease, now, liveness);

    private bool IsAmong(int pid, string? start, ILiveness? liveness) =>
        start is null || Callers.Any(caller => liveness is IProcessKin kin ? kin.IsBelow(caller, pid, start) : caller == pid);
}
