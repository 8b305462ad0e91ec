using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>Questions about leases on files; nothing is taken.</summary>
internal static class FileLeaseQueries
{
    /// <summary>For each path of the request what stands in its way.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for an agent that cannot be one.</exception>
    public static IReadOnlyList<FileTestResult> Test(ITaskState state, FileLeaseRequest request, DateTimeOffset now, ILiveness liveness,
        FileComparison comparison)
    {
        if (NewNames.NamedAgent(state, request.Holder.Agent) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        if (Person.Fault(request.Holder.Type) is { } type)
            throw new TaskLockingException(RefusalCode.InvalidArgument, type);
        var isPerson = Person.IsMeant(state, request.Holder.Agent, request.Holder.Type);
        var worker = new Worker(request.Holder.Agent, isPerson, LeaseFields.Callers(request.Holder));
        var conflicts = FileConflicts.Holding(state, request.Paths, request.IsShared, worker, now, liveness, comparison,
            request.Worktree);
        return request.Paths
            .Select(path => Result(path, conflicts.Where(conflict => conflict.Pattern == path).Select(each => each.Lease).ToList()))
                .ToList();
    }

    /// <summary>The leases that hold, by path, then agent.</summary>
    public static IReadOnlyList<FileLease> Current(ITaskState state, string? agent, DateTimeOffset now, ILiveness liveness) =>
        state.FileLeases
        .Where(lease => (agent is null || lease.Agent == agent) && LeaseTerm.End(lease, now, liveness) is null)
        .OrderBy(lease => lease.Path, StringComparer.Ordinal).ThenBy(lease => lease.Agent, StringComparer.Ordinal)
            .ThenBy(lease => lease.TaskId, StringComparer.Ordinal)
        .ToList();

    private static FileTestResult Result(string path, List<FileLease> conflicts) =>
        new(PathSyntax.Plain(path), conflicts.Count == 0, conflicts, path);
}
