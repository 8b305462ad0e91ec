using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;

namespace TaskLocking.Rules;

/// <summary>
/// Frees leases on files, all or none: the agent's own, whatever they were taken for, but not those of another living process; with force
/// anybody's. Refused for a path: NotOwner. A path on which nobody has a lease that holds is no error.
/// </summary>
/// <param name="request">Its paths are canonical.</param>
/// <param name="liveness">Judges the processes behind leases.</param>
/// <param name="comparison">How the file system compares names.</param>
internal sealed class UnlockFilesRule(FileUnlockRequest request, ILiveness liveness, StringComparison comparison)
    : ITaskRule<FileLeaseAnswer>
{
    private const string Below = "/" + PathSyntax.AnyDepth;

    /// <exception cref="TaskLockingException">InvalidArgument for an agent that cannot be one.</exception>
    public FileLeaseAnswer Decide(TaskDraft draft)
    {
        if (NewNames.NamedAgent(draft, request.Agent) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        if (Person.Fault(request.Type) is { } type)
            throw new TaskLockingException(RefusalCode.InvalidArgument, type);
        if (request.Scope == FileLeaseScope.Worktree && request.Paths.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "Whose working tree is meant is told by paths: name at least one, or free everything that the agent has.");
        var worker = new Worker(request.Agent, Person.IsMeant(draft, request.Agent, request.Type), request.Callers);
        var leases = draft.FileLeases;
        var freed = new List<FileLease>();
        var refused = new List<Refusal>();
        if (request.Paths.Count == 0)
        {
            freed.AddRange(leases.Where(lease => request.Force
                ? worker.IsCalled(lease.Agent, lease.IsPersons)
                : worker.Has(lease, draft.Now, liveness)));
        }
        foreach (var path in request.Paths)
        {
            var there = leases.Where(lease => IsNamed(lease, path)).ToList();
            var own = request.Force ? there : there.Where(lease => worker.Has(lease, draft.Now, liveness)).ToList();
            freed.AddRange(own.Where(lease => !freed.Contains(lease)));
            if (own.Count == 0 && there.Find(lease => LeaseTerm.End(lease, draft.Now, liveness) is null) is { } others)
                refused.Add(FileRefusals.NotOwner(PathSyntax.Plain(path), others, worker));
        }
        if (refused.Count > 0)
            return new FileLeaseAnswer(false, [], refused);
        foreach (var lease in freed)
            draft.Remove(lease);
        return new FileLeaseAnswer(true, freed, []);
    }

    // A folder that is gone by now is no longer known as one, and a name may have become, or have been, a pattern: what is read alike is
    // named.
    private bool IsNamed(FileLease lease, string path) => IsMeant(lease)
        && PathOverlap.AreSame(Stem(lease.Pattern), Stem(path), comparison);

    private bool IsMeant(FileLease lease) => request.Worktree is null || string.Equals(lease.Worktree, request.Worktree, comparison);

    private static string Stem(string path) =>
        path.EndsWith(Below, StringComparison.Ordinal) && path.Length > Below.Length ? path[..^Below.Length] : path;
}
