using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;

namespace TaskLocking.Tests.Scheduling;

/// <summary>The makings of a test about what can be taken.</summary>
internal static class ReadyScene
{
    public static readonly ILiveness OnlyPidOneLives = new FakeLiveness(pid => pid == 1);

    public static AgentTask Is(this AgentTask task, AgentTaskStatus status) =>
        task.Having(facts => facts with { Status = status, StatusText = status.ToString() });

    public static AgentTask With(this AgentTask task, Func<TaskExecution, TaskExecution> change) =>
        task.Having(facts => facts with { Execution = change(task.Execution) });

    public static AgentTask ClaimedBy(this AgentTask task, string agent, int? pid = null, double minutes = 60) =>
        task.OwnedBy(agent).With(execution => execution with
        {
            Claim = new TaskClaim(5, agent, Scene.Now, Scene.Now.AddMinutes(minutes),
            TimeSpan.FromHours(1), Pid: pid)
        });

    public static MemoryState State(IEnumerable<AgentTask> tasks, AgentProfile? agent = null, params FileLease[] leases)
    {
        var state = new MemoryState([.. tasks]);
        if (agent is not null)
            state.Registered.Add(agent);
        state.Leased.AddRange(leases);
        return state;
    }

    public static string Ready(MemoryState state, ReadyQuery? query = null) =>
        string.Join(" ", ReadinessQuery.Select(state, query ?? new ReadyQuery(), Scene.Now, OnlyPidOneLives, StringComparison.Ordinal)
            .Select(task => task.Id));

    public static Readiness Explain(MemoryState state, string id, string? agent = null, string? locks = null,
        params string[] capabilities) =>
        ReadinessQuery.Explain(state, id, new ReadyQuery { Agent = agent, Capabilities = capabilities }, Scene.Now, OnlyPidOneLives,
            StringComparison.Ordinal,
            new FolderLocks(locks ?? Path.Combine(Path.GetTempPath(), "no-such-folder"), "state.lock"), new LockSession());

    public static IEnumerable<ReadinessCode> Codes(this Readiness readiness) => readiness.Reasons.Select(reason => reason.Code);
}
