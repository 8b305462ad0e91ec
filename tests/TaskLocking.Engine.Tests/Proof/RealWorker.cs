using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Proof;
using TaskLocking.Rules;

namespace TaskLocking.Tests.Proof;

/// <summary>
/// Asks a real board for this and that, and writes down what it was told. It also tries tokens of claims that ended long ago.
/// </summary>
internal sealed class RealWorker(TaskBoard board, OperationLog log, LeaseHolder holder, Random random)
{
    private static readonly string[] Assigned = ["A1", "A2", "A3"];
    private static readonly string[] Claimed = ["C1", "C2", "C3"];

    private readonly List<(string Id, long Token)> _claims = [];

    public void One()
    {
        switch (random.Next(12))
        {
            case 0:
                Define(Assigned);
                break;
            case 1:
                Define(Claimed);
                break;
            case 2 or 3:
                Move(OperationKind.Assign, Some(Assigned),
                    (ids, options) => board.Assign(new AssignmentRequest(ids, "agent", holder.Agent), options));
                break;
            case 4:
                Move(OperationKind.Unassign, Some(Assigned),
                    (ids, options) => board.Unassign(new UnassignmentRequest(ids) { From = holder.Agent }, options));
                break;
            case 5:
                Move(OperationKind.GiveBack, [Claimed[random.Next(3)]],
                    (ids, options) => board.Unassign(new UnassignmentRequest(ids) { From = holder.Agent }, options));
                break;
            case 6 or 7 or 8:
                Claim();
                break;
            case 9:
                Later(OperationKind.Start,
                    (claim, options) => board.Start([new StartRequest(claim.Id, holder) { Token = claim.Token }], options)[0]);
                break;
            case 10:
                Later(OperationKind.Complete,
                    (claim, options) => board.Complete([new CompleteRequest(claim.Id, holder.Agent) { Token = claim.Token }], options)[0]);
                break;
            default:
                Read(random.Next(2) == 0 ? Assigned[random.Next(3)] : Claimed[random.Next(3)]);
                break;
        }
    }

    private void Define(string[] all)
    {
        var ids = Some(all);
        var number = log.Begin(OperationKind.Define, ids, null);
        log.End(number,
            [.. board.Define([.. ids.Select(id => new TaskDefinition(id) { Tags = id[0] == 'C' ? ["queue"] : [] })], By(number))
                .Select(Facts)]);
    }

    private void Move(OperationKind kind, string[] ids, Func<string[], CommitOptions, AssignmentResult> ask)
    {
        var number = log.Begin(kind, ids, holder.Agent);
        var result = ask(ids, By(number));
        log.End(number, [.. result.Assigned.Concat(result.Failed).Select(Facts)]);
    }

    private void Claim()
    {
        var number = log.Begin(OperationKind.Claim, [], holder.Agent);
        if (board.Request(new TaskRequest(holder) { Tags = ["queue"] }, By(number)).Task is not { } task)
        {
            log.End(number, OperationAnswer.Unchanged);
            return;
        }
        _claims.Add((task.Id, task.Claim!.Token));
        log.End(number, [new OperationFacts(task.Id, OperationAnswer.Done) { Token = task.Claim.Token }]);
    }

    private void Later(OperationKind kind, Func<(string Id, long Token), CommitOptions, TaskOutcome> ask)
    {
        var claim = _claims.Count == 0 ? (Id: Claimed[0], Token: 1) : _claims[random.Next(3) == 0 ? random.Next(_claims.Count) : ^1];
        var number = log.Begin(kind, [claim.Id], holder.Agent, claim.Token);
        log.End(number, [Facts(ask(claim, By(number)))]);
    }

    private void Read(string id)
    {
        var number = log.Begin(OperationKind.Read, [id], null);
        var task = board.FindTask(id);
        log.End(number, [task is null ? new OperationFacts(id, OperationAnswer.Unchanged) : new OperationFacts(id, OperationAnswer.Done)
        {
            Owner = task.Claim?.Agent ?? task.Assignee?.Name,
            Status = task.Status,
            Token = task.Claim?.Token ?? 0,
        }]);
    }

    private static OperationFacts Facts(TaskOutcome outcome) => outcome.Refusal is { } refusal
        ? new OperationFacts(outcome.Id, OperationAnswer.Refused)
        {
            Refusal = refusal.Code,
            Owner = refusal.Agent
            ?? refusal.ExistingAssignee?.Name
        }
        : new OperationFacts(outcome.Id, outcome.Changed ? OperationAnswer.Done : OperationAnswer.Unchanged);

    private string[] Some(string[] ids) =>
        random.Next(2) == 0 ? [ids[random.Next(ids.Length)]] : [.. ids.Where(_ => random.Next(2) == 0).DefaultIfEmpty(ids[0])];

    private CommitOptions By(int number) => new() { By = log.Mark(number), Timeout = TimeSpan.FromMinutes(2) };
}
