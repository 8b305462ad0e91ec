using System;
using System.Collections.Generic;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;

namespace TaskLocking.Tests.Leases;

/// <summary>The makings of a test about leases on files.</summary>
internal static class FileScene
{
    public static readonly DateTimeOffset Now = Scene.Now;

    /// <summary>Nobody can tell of any process.</summary>
    public static readonly ILiveness Unknown = new FakeLiveness(_ => null);

    public static FileLease Lease(string path, string agent, bool shared = false, double minutes = 30, string? task = null,
        int? pid = null) =>
        new(path, agent, Now.AddMinutes(-10), Now.AddMinutes(minutes), shared, task, Pid: pid);

    public static TaskDraft Draft(params FileLease[] leases)
    {
        var state = new MemoryState();
        state.Leased.AddRange(leases);
        return Scene.Draft(state);
    }

    public static FileLeaseAnswer Lock(TaskDraft draft, string agent, IReadOnlyList<string> paths, bool shared = false,
        ILiveness? liveness = null, LeaseHolder? holder = null) =>
        new LockFilesRule(new FileLeaseRequest(holder ?? new LeaseHolder(agent), paths) { IsShared = shared }, liveness ?? Unknown,
            StringComparison.Ordinal).Decide(draft);

    public static FileLeaseAnswer Unlock(TaskDraft draft, string agent, IReadOnlyList<string> paths, bool force = false) =>
        new UnlockFilesRule(new FileUnlockRequest(agent) { Paths = paths, Force = force }, Unknown, StringComparison.Ordinal).Decide(draft);
}
