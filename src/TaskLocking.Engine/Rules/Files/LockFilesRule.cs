using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Takes leases on files, all or none. What the agent has by hand already is renewed and may change between shared and exclusive where
/// nobody is in the way. Refused for a path: FileLocked. Lapsed leases in the way are taken away in the same commit.
/// </summary>
/// <param name="request">Its paths are canonical.</param>
/// <param name="liveness">Judges the processes behind leases.</param>
/// <param name="comparison">How paths are compared.</param>
internal sealed class LockFilesRule(FileLeaseRequest request, ILiveness liveness, FileComparison comparison) : ITaskRule<FileLeaseAnswer>
{
    private const int MaxPaths = 1_000;

    /// <exception cref="TaskLockingException">InvalidArgument for a holder, a time or a number of paths that cannot be; NotPermitted for a
    /// person whom the board does not know.</exception>
    public FileLeaseAnswer Decide(TaskDraft draft)
    {
        if (Fault(draft) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        var worker = LeaseFields.Worker(draft, request.Holder);
        if (request.Force)
            worker = Worker.Named(worker.Name, worker.IsPerson);
        var conflicts = FileConflicts.Holding(draft, request.Paths, request.IsShared, worker, draft.Now, liveness,
            comparison, request.Worktree);
        if (conflicts.Count > 0)
        {
            var refused = FirstOfEach(conflicts).Select(conflict => FileRefusals.Locked(conflict, draft.Now, worker: worker));
            return new FileLeaseAnswer(false, [], refused.ToList());
        }
        FileScope.Clear(draft, request.Paths, request.IsShared, worker, liveness, comparison, request.Worktree);
        var before = draft.FileLeases
            .Where(lease => lease.TaskId is null && IsInTree(lease) && worker.Has(lease, draft.Now, liveness)).ToList();
        var taken = request.Paths
            .Select(path => Take(draft, path, worker, before.FindAll(lease => comparison.AreSame(lease.Pattern, path))))
                .ToList();
        return new FileLeaseAnswer(true, taken, []);
    }

    private FileLease Take(TaskDraft draft, string path, Worker worker, List<FileLease> own)
    {
        var before = own.Find(lease => LeaseTerm.End(lease, draft.Now, liveness) is null) ?? (own.Count > 0 ? own[0] : null);
        var since = before is not null && LeaseTerm.End(before, draft.Now, liveness) is null ? before.Since : draft.Now;
        var holder = request.Holder;
        var pattern = before?.Pattern ?? path;
        var lease = new FileLease(PathSyntax.Plain(pattern), holder.Agent, since, StoredForm.Of(draft.Now + request.Ttl),
            request.IsShared,
            TaskId: null, holder.Host, holder.Pid, holder.ProcessStart, worker.IsPerson ? Person.Type : null, pattern,
            request.Worktree);
        foreach (var older in own.Where(older => older.Key != lease.Key))
            draft.Remove(older);
        if (lease != before)
            draft.Put(lease);
        return lease;
    }

    // One on a file in all trees is another than one on it in this tree.
    private bool IsInTree(FileLease lease) => lease.Worktree is null ? request.Worktree is null
        : request.Worktree is { } tree && comparison.IsOneName(tree, lease.Worktree);

    private string? Fault(TaskDraft draft)
    {
        var agent = request.Holder.Agent;
        if ((draft.Names.Agent(agent) ?? LeaseFields.Process(request.Holder)) is { } holder)
            return holder;
        if (LookAlike.FindIn(draft.FileLeases.Select(lease => lease.Agent), agent) is { } like && !NewNames.IsInUse(draft, agent))
            return NewNames.TooLike("The agent", agent, like);
        if (LeaseFields.Ttl(request.Ttl) is { } ttl)
            return ttl;
        if (request.Paths.Count == 0)
            return "No file is named. Name at least one, for example src/app.cs or src/**.";
        return request.Paths.Count > MaxPaths
            ? $"{request.Paths.Count} paths are named; at most {MaxPaths} are taken at once. Use a pattern, for example src/**." : null;
    }

    // The one that lasts longest tells when a new try makes sense.
    private static IEnumerable<FileConflict> FirstOfEach(IReadOnlyList<FileConflict> conflicts) =>
        conflicts.GroupBy(conflict => conflict.Pattern, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(conflict => conflict.Lease.Expires).First());
}
