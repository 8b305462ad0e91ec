using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Paths;
using TaskLocking.Rules;

namespace TaskLocking;

/// <content>Leases on files.</content>
public sealed partial class TaskBoard
{
    /// <summary>Takes leases on files, all or none; what the agent has already is renewed.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a path that cannot be one.</exception>
    public FileLeaseAnswer LockFiles(FileLeaseRequest request, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new LockFilesRule(Asked.Now(request, _files), _liveness, _files.Compare()), request.Paths.Count, options,
            cancellationToken, request.Holder.Agent);

    /// <summary>Frees leases on files, all or none.</summary>
    public FileLeaseAnswer UnlockFiles(FileUnlockRequest request, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new UnlockFilesRule(Asked.Now(request, _files), _liveness, _files.Comparison), request.Paths.Count, options,
            cancellationToken, request.Agent);

    /// <summary>Whether paths could be taken now; takes nothing.</summary>
    public IReadOnlyList<FileTestResult> TestFiles(FileLeaseRequest request) =>
        FileLeaseQueries.Test(_store.Read(), Asked.Now(request, _files), _clock.GetUtcNow(), _liveness, _files.Compare());

    /// <summary>Paths as leases tell them, for finding leases by their names; what is not understood as a pattern is a name.</summary>
    /// <param name="paths">Relative to the workspace or absolute.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a path that cannot be one.</exception>
    public IReadOnlyList<string> DescribePaths(IReadOnlyList<string> paths) =>
        _files.Normalize(paths, isKnown: true).Select(PathSyntax.Plain).ToList();

    /// <summary>The leases on files that hold now, of one agent or of all, by path.</summary>
    public IReadOnlyList<FileLease> GetFileLeases(string? agent = null) =>
        FileLeaseQueries.Current(_store.Read(), agent, _clock.GetUtcNow(), _liveness);
}
