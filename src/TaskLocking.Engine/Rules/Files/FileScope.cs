using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;
using TaskLocking.Workspaces;

namespace TaskLocking.Rules;

/// <summary>
/// What every rule about files is made of: taking, prolonging and freeing leases that go with a claim.
/// Paths are canonical, see <see cref="FilePaths"/>. Where nobody has a lease and none is asked for, nothing is looked at.
/// </summary>
internal static class FileScope
{
    /// <summary>
    /// Takes leases for a claim, each for the agent alone, as long as the claim; gives the conflicts of those that it left out. Lapsed
    /// leases in the way are taken away.
    /// </summary>
    public static IReadOnlyList<FileConflict> Take(
        TaskDraft draft, IReadOnlyList<string> paths, TaskClaim claim, string taskId, ILiveness liveness, FileComparison comparison,
            Worker? worker = null)
    {
        worker ??= Worker.Named(claim.Agent);
        var conflicts = FileConflicts.Holding(draft, paths, shared: false, worker, draft.Now, liveness, comparison);
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
        FileComparison comparison, string? worktree = null)
    {
        if (paths.Count == 0)
            return;
        var inTheWay = FileConflicts.InTheWay(draft, paths, shared, worker, draft.Now, liveness, comparison, worktree);
        foreach (var lease in inTheWay.Select(conflict => conflict.Lease).Distinct().ToList())
        {
            if (LeaseTerm.End(lease, draft.Now, liveness) is null)
                continue;
            draft.Remove(lease);
            draft.TellEnded(new MaintenanceItem(MaintenanceKind.FileLeaseEnded, lease.Path, lease.Agent,
                $"The lease of {lease.Agent} on {lease.Path} had lapsed"));
        }
    }

    private static FileLease Of(
        string pattern, TaskClaim claim, string taskId, DateTimeOffset since, bool isPerson, bool isShared = false) =>
        new(PathSyntax.Plain(pattern), claim.Agent, StoredForm.Of(since), StoredForm.Of(claim.Expires), isShared, taskId, claim.Host,
            claim.Pid, claim.ProcessStart, isPerson ? Person.Type : null, pattern);

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
