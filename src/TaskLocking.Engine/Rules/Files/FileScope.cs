using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Automation;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// What every rule about files is made of: which leases stand in the way, and taking, prolonging and freeing those that go with a claim.
/// Paths are canonical, see <see cref="FilePaths"/>. Where nobody has a lease and none is asked for, nothing is looked at.
/// </summary>
internal static class FileScope
{
    /// <summary>
    /// The leases of others that overlap the paths and hold now, by path as asked for. Those that share do not stand in the way of one
    /// who shares. The process behind a lease is looked for only if the lease is in the way.
    /// </summary>
    public static IReadOnlyList<FileConflict> Conflicts(
        ITaskState state, IReadOnlyList<string> paths, bool shared, Worker worker, DateTimeOffset now, ILiveness liveness,
            StringComparison comparison) =>
        paths.Count == 0 ? [] : InTheWay(state, paths, shared, worker, now, liveness, comparison)
            .Where(conflict => LeaseTerm.End(conflict.Lease, now, liveness) is null).ToList();

    /// <summary>
    /// Takes leases for a claim, each for the agent alone, as long as the claim; gives the conflicts of those that it left out. Lapsed
    /// leases in the way are taken away.
    /// </summary>
    public static IReadOnlyList<FileConflict> Take(
        TaskDraft draft, IReadOnlyList<string> paths, TaskClaim claim, string taskId, ILiveness liveness, StringComparison comparison,
            Worker? worker = null)
    {
        worker ??= Worker.Named(claim.Agent);
        var conflicts = Conflicts(draft, paths, shared: false, worker, draft.Now, liveness, comparison);
        var free = paths.Where(path => !conflicts.Any(conflict => conflict.Pattern == path)).ToList();
        Clear(draft, free, shared: false, worker, liveness, comparison);
        foreach (var path in free)
            draft.Put(Of(path, claim, taskId, claim.Claimed, worker.IsPerson));
        return conflicts;
    }

    /// <summary>Prolongs the leases that were taken with a claim to its end, under its process.</summary>
    public static void Renew(TaskDraft draft, TaskClaim claim, string taskId)
    {
        foreach (var lease in Select(draft, lease => lease.TaskId == taskId && lease.Agent == claim.Agent))
        {
            var renewed = Of(lease.Pattern, claim, taskId, lease.Since, lease.IsPersons, lease.IsShared);
            if (renewed != lease)
                draft.Put(renewed);
        }
    }

    /// <summary>Frees the leases that were taken with a claim.</summary>
    public static void Free(TaskDraft draft, string taskId) => Remove(draft, lease => lease.TaskId == taskId);

    /// <summary>
    /// Frees what an agent took by hand and what it took with its claim on <paramref name="exceptClaimsOtherThan"/>; its other claims keep
    /// theirs, and so do other processes of its name than that of <paramref name="claim"/>. With null, everything that it has.
    /// </summary>
    public static void FreeAll(TaskDraft draft, string agent, string? exceptClaimsOtherThan, bool isPerson = false, TaskClaim? claim = null)
    {
        bool IsFreed(FileLease lease) => exceptClaimsOtherThan is null
            || (lease.TaskId is null ? !IsOfAnother(lease, claim) : lease.TaskId == exceptClaimsOtherThan);
        Remove(draft, lease => lease.Agent == agent && lease.IsPersons == isPerson && IsFreed(lease));
    }

    /// <summary>Takes away the leases of others that would stand in the way of the paths but have lapsed.</summary>
    internal static void Clear(TaskDraft draft, IReadOnlyList<string> paths, bool shared, Worker worker, ILiveness liveness,
        StringComparison comparison)
    {
        if (paths.Count == 0)
            return;
        foreach (var lease in InTheWay(draft, paths, shared, worker, draft.Now, liveness, comparison).Select(conflict => conflict.Lease)
            .Distinct().ToList())
        {
            if (LeaseTerm.End(lease, draft.Now, liveness) is null)
                continue;
            draft.Remove(lease);
            draft.TellEnded(new MaintenanceItem(MaintenanceKind.FileLeaseEnded, lease.Path, lease.Agent,
                $"The lease of {lease.Agent} on {lease.Path} had lapsed"));
        }
    }

    /// <summary>A time as the store keeps it: whole milliseconds, so that what is read back is what was given.</summary>
    internal static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static IEnumerable<FileConflict> InTheWay(
        ITaskState state, IReadOnlyList<string> paths, bool shared, Worker worker, DateTimeOffset now, ILiveness liveness,
            StringComparison comparison)
    {
        var leases = state.FileLeases;
        if (leases.Count == 0)
            yield break;
        // Of one name and no process there is nothing to ask about.
        var others = leases.Where(lease => !(shared && lease.IsShared)
            && (!worker.IsCalled(lease.Agent, lease.IsPersons) || (worker.Callers.Count > 0 && lease.Pid is not null))).ToList();
        foreach (var path in paths)
        {
            foreach (var lease in others)
            {
                if (PathOverlap.Exists(path, lease.Pattern, comparison) && !worker.Has(lease, now, liveness))
                    yield return new FileConflict(PathSyntax.Plain(path), lease, path);
            }
        }
    }

    private static FileLease Of(
        string pattern, TaskClaim claim, string taskId, DateTimeOffset since, bool isPerson, bool isShared = false) =>
        new(PathSyntax.Plain(pattern), claim.Agent, Whole(since), Whole(claim.Expires), isShared, taskId, claim.Host, claim.Pid,
            claim.ProcessStart, isPerson ? Person.Type : null, pattern);

    private static bool IsOfAnother(FileLease lease, TaskClaim? claim) =>
        claim?.Pid is not null && lease.Pid is not null && (lease.Pid != claim.Pid || lease.ProcessStart != claim.ProcessStart);

    private static List<FileLease> Select(TaskDraft draft, Func<FileLease, bool> condition)
    {
        var leases = draft.FileLeases;
        return leases.Count == 0 ? [] : leases.Where(condition).ToList();
    }

    private static void Remove(TaskDraft draft, Func<FileLease, bool> condition)
    {
        foreach (var lease in Select(draft, condition))
            draft.Remove(lease);
    }
}
