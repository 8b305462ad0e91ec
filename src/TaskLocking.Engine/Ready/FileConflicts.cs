using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;

namespace TaskLocking.Ready;

/// <summary>Which leases of others stand in the way of files. Where nobody has a lease nothing is looked at.</summary>
internal static class FileConflicts
{
    /// <summary>
    /// The leases of others that overlap the paths and hold now, by path as asked for. Those that share do not stand in the way of one
    /// who shares, and those on the files of one working tree in the way of one who has those of another. The process behind a lease is
    /// looked for only if the lease is in the way.
    /// </summary>
    public static IReadOnlyList<FileConflict> Holding(
        ITaskState state, IReadOnlyList<string> paths, bool shared, Worker worker, DateTimeOffset now, ILiveness liveness,
            FileComparison comparison, string? worktree = null) =>
        paths.Count == 0 ? [] : InTheWay(state, paths, shared, worker, now, liveness, comparison, worktree)
            .Where(conflict => LeaseTerm.End(conflict.Lease, now, liveness) is null).ToList();

    /// <summary>Those that overlap the paths, whether they hold or have lapsed.</summary>
    public static IEnumerable<FileConflict> InTheWay(
        ITaskState state, IReadOnlyList<string> paths, bool shared, Worker worker, DateTimeOffset now, ILiveness liveness,
            FileComparison comparison, string? worktree = null)
    {
        var leases = state.FileLeases;
        if (leases.Count == 0)
            yield break;
        // Of one name and no process there is nothing to ask about.
        var others = leases.Where(lease => !(shared && lease.IsShared)
            && (worktree is null || lease.Worktree is null || comparison.IsOneName(worktree, lease.Worktree))
            && (!worker.IsCalled(lease.Agent, lease.IsPersons) || (worker.Callers.Count > 0 && lease.Pid is not null))).ToList();
        foreach (var path in paths)
        {
            foreach (var lease in others)
            {
                if (comparison.Overlap(path, lease.Pattern) && !worker.Has(lease, now, liveness))
                    yield return new FileConflict(PathSyntax.Plain(path), lease, path);
            }
        }
    }
}
