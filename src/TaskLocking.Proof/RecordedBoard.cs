using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using TaskLocking.Rules;

namespace TaskLocking.Proof;

/// <summary>The verbs of a board, each written down before it is asked for and when its answer is there.</summary>
internal sealed class RecordedBoard : IDisposable
{
    /// <summary>The swarm of the tasks that are claimed; the others are nobody's to take.</summary>
    public const string Queue = "queue";

    // Far above what a stopped holder, or a crowd on slow cores, makes anybody wait: a timeout is a finding.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortTtl = TimeSpan.FromSeconds(1);

    // The store's clock is read after the operation began, and written down in whole milliseconds.
    private static readonly long Slack = Stopwatch.Frequency / 50;

    private readonly TaskBoard _board;
    private readonly OperationLog _log;
    private readonly WorkerLine? _line;
    private readonly string? _start = ProcessLiveness.StartOf(Locking.ProcessIdentity.Pid);

    public RecordedBoard(TaskBoard board, OperationLog log, WorkerLine? line)
    {
        _board = board;
        _log = log;
        _line = line;
    }

    public static RecordedBoard Open(WorkerOrder order, WorkerLine line, Func<string, string, bool, TaskBoard>? open)
    {
        var board = order.Address.Length == 0 ? TaskBoard.Open(order.Folder)
            : (open ?? throw new InvalidOperationException($"Nobody here opens '{order.Address}'."))(order.Address, order.Folder, false);
        try
        {
            _ = board.GetTasks().Count;
        }
        catch (TaskLockingException away) when (order.Address.Length > 0 && away.Refusal.Code == RefusalCode.StoreUnavailable)
        {
            // Its server has just been ended; what is asked of it later is written down.
        }
        return new RecordedBoard(board, new OperationLog(order.LogPath, order.Name), line);
    }

    public OperationAnswer Define(string id, bool isQueued = false)
    {
        var definition = new TaskDefinition(id);
        if (isQueued)
            definition = definition with { Swarm = Queue, MaxAttempt = 100, RetryDelay = TimeSpan.FromSeconds(1) };
        return Single(OperationKind.Define, id, null, 0, by => _board.Define([definition], by)[0]);
    }

    public OperationAnswer Assign(IReadOnlyList<string> ids, string agent) =>
        Batch(OperationKind.Assign, ids, agent, by => _board.Assign(new AssignmentRequest(ids, "agent", agent), by));

    public OperationAnswer Unassign(IReadOnlyList<string> ids, string agent) =>
        Batch(OperationKind.Unassign, ids, agent, by => _board.Unassign(new UnassignmentRequest(ids) { From = agent }, by));

    public AgentTask? Read(string id)
    {
        AgentTask? task = null;
        Record(OperationKind.Read, [id], null, 0, _ =>
        {
            task = _board.FindTask(id);
            return
            [
                task is null ? new OperationFacts(id, OperationAnswer.Unchanged) : new OperationFacts(id, OperationAnswer.Done)
                {
                    Token = task.Claim?.Token ?? 0,
                    Owner = task.Owner,
                    Status = task.Status,
                },
            ];
        });
        return task;
    }

    /// <summary>The claimed task, or null.</summary>
    /// <param name="agent">For whom.</param>
    /// <param name="lapses">After a second, instead of with this process.</param>
    public TaskClaimed? Claim(string agent, bool lapses)
    {
        var holder = lapses ? new LeaseHolder(agent)
            : new LeaseHolder(agent) { Pid = Locking.ProcessIdentity.Pid, Host = ProcessLiveness.HostName, ProcessStart = _start };
        var request = new TaskRequest(holder) { Swarm = Queue, Ttl = lapses ? ShortTtl : TaskRequest.DefaultTtl };
        TaskClaimed? claimed = null;
        Record(OperationKind.Claim, [], agent, 0, by =>
        {
            var until = Stopwatch.GetTimestamp() + (long)(ShortTtl.TotalSeconds * Stopwatch.Frequency) - Slack;
            if (_board.Request(request, by).Task is not { } task)
                return [new OperationFacts("", OperationAnswer.Unchanged)];
            claimed = new TaskClaimed(task.Id, agent, task.Claim!.Token);
            return [new OperationFacts(task.Id, OperationAnswer.Done) { Token = task.Claim.Token, Owner = agent, ValidUntil = lapses
                ? until : null }];
        });
        return claimed;
    }

    public OperationAnswer Start(TaskClaimed claim) => Single(OperationKind.Start, claim.Id, claim.Agent, claim.Token,
        by => _board.Start([new StartRequest(claim.Id, new LeaseHolder(claim.Agent)) { Token = claim.Token }], by)[0]);

    public OperationAnswer Complete(TaskClaimed claim) => Single(OperationKind.Complete, claim.Id, claim.Agent, claim.Token,
        by => _board.Complete([new CompleteRequest(claim.Id, claim.Agent) { Token = claim.Token }], by)[0]);

    public OperationAnswer GiveBack(TaskClaimed claim) => Single(OperationKind.GiveBack, claim.Id, claim.Agent, claim.Token,
        by => _board.Fail([new FailRequest(claim.Id, claim.Agent, "given back") { Token = claim.Token }], by)[0]);

    public void Dispose()
    {
        _board.Dispose();
        _log.Dispose();
    }

    private OperationAnswer Single(OperationKind kind, string id, string? agent, long token, Func<CommitOptions, TaskOutcome> ask) =>
        Record(kind, [id], agent, token, by => [FactsOf(ask(by))]);

    private OperationAnswer Batch(OperationKind kind, IReadOnlyList<string> ids, string agent,
        Func<CommitOptions, AssignmentResult> ask) => Record(kind, ids, agent, 0, by =>
    {
        var result = ask(by);
        return result.Assigned.Concat(result.Failed).Select(FactsOf).ToList();
    });

    private static OperationFacts FactsOf(TaskOutcome outcome) => outcome.Refusal is { } refusal
        ? new OperationFacts(outcome.Id, OperationAnswer.Refused) { Refusal = refusal.Code, Owner = OwnerIn(refusal) }
        : new OperationFacts(outcome.Id, outcome.Changed ? OperationAnswer.Done : OperationAnswer.Unchanged);

    private static string? OwnerIn(Refusal refusal) =>
        refusal.Code is RefusalCode.BatchRefused ? null : refusal.Agent ?? refusal.ExistingAssignee?.Name;

    private OperationAnswer Record(OperationKind kind, IReadOnlyList<string> ids, string? agent, long token,
        Func<CommitOptions, IReadOnlyList<OperationFacts>> ask)
    {
        var number = _log.Begin(kind, ids, agent, token);
        var answer = OperationAnswer.Refused;
        try
        {
            var facts = ask(new CommitOptions { By = _log.Mark(number), Timeout = Patience });
            _log.End(number, facts);
            // A batch is refused as a whole where one of it is.
            answer = facts.FirstOrDefault(fact => fact.Answer == OperationAnswer.Refused)?.Answer ?? facts[0].Answer;
        }
        catch (TaskLockingException refused)
        {
            _log.End(number, refused.Refusal.Code, OwnerIn(refused.Refusal));
        }
        if (_line is not null)
        {
            _line.Operations++;
            _line.Refused += answer == OperationAnswer.Refused ? 1 : 0;
        }
        return answer;
    }
}
