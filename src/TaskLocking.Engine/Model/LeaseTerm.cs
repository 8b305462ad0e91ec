using System;

namespace TaskLocking.Model;

/// <summary>
/// When a lease has lapsed: on its own host with its process, never by the clock while that lives; elsewhere at its expiry. A clock that
/// is set back prolongs a lease by that much, one that is set forward ends it early; the fencing token keeps both safe.
/// </summary>
internal static class LeaseTerm
{
    /// <summary>Why the claim no longer holds; null while it does. Without one who judges processes, time alone does.</summary>
    public static LeaseEnd? End(TaskClaim claim, DateTimeOffset now, ILiveness? liveness) =>
        End(IsAlive(claim.Host, claim.Pid, claim.ProcessStart, claim.Claimed, liveness), claim.Expires, now);

    /// <summary>Why the file lease no longer holds; null while it does.</summary>
    public static LeaseEnd? End(FileLease lease, DateTimeOffset now, ILiveness liveness) =>
        End(IsAlive(lease.Host, lease.Pid, lease.ProcessStart, lease.Since, liveness), lease.Expires, now);

    /// <summary>
    /// The claim as its owner goes on with it: under the process that he names. One that is gone is named no longer, else the claim would
    /// be anybody's at once: time alone judges then, unless he names another.
    /// </summary>
    public static TaskClaim GoOn(TaskClaim claim, LeaseHolder holder, DateTimeOffset now, ILiveness? liveness) =>
        holder.Pid is not null || (liveness is not null && End(claim, now, liveness) == LeaseEnd.ProcessEnded) ? claim.Under(holder)
            : claim;

    private static bool? IsAlive(string? host, int? pid, string? start, DateTimeOffset since, ILiveness? liveness) =>
        liveness?.IsAlive(host, pid, start)
        ?? (host is not null && start is not null && liveness is IProcessKin kin && kin.IsOfEarlierBoot(host, start, since) ? false : null);

    private static LeaseEnd? End(bool? isAlive, DateTimeOffset expires, DateTimeOffset now) => isAlive switch
    {
        true => null,
        false => LeaseEnd.ProcessEnded,
        null => now >= expires ? LeaseEnd.Expired : null,
    };
}
