using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using TaskLocking.FileStore;

namespace TaskLocking.Stress;

/// <summary>
/// A process for the crash explorer: does a number of things at random, and tells each as soon as it is answered. <c>has VERSION WHAT
/// ID VALUE</c> is what must be there from then on, WHAT being <c>task</c>, <c>content</c>, <c>claim</c> or <c>done</c>; <c>may WHAT
/// ID</c> is told before what takes something away. A name that begins with <c>checkpoint</c> makes checkpoints meanwhile; the lines of
/// one that begins with <c>large</c> have several pages.
/// </summary>
internal sealed class CrashAgentCommand : IDisposable
{
    private readonly FileTaskStore _store;
    private readonly TaskBoard _board;
    private readonly CommitOptions _options;
    private readonly Random _random;
    private readonly string _name;
    private readonly List<string> _own = [];
    private readonly List<(string Id, long Token)> _claims = [];
    private long _version;

    private CrashAgentCommand(string workspace, string name, int seed)
    {
        _name = name;
        _random = new Random(seed);
        _store = new FileTaskStore(WorkspacePath.Canonical(workspace), new TaskBoardOptions());
        _board = new TaskBoard(_store, workspace, LockSession.ForProcess());
        _options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = name, OnCommitted = report => _version = report.Version };
    }

    public static int Run(string workspace, string name, int seed, int rounds)
    {
        using var agent = new CrashAgentCommand(workspace, name, seed);
        for (var round = 1; round <= rounds; round++)
        {
            try
            {
                agent.Act(round);
            }
            catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.CommitUncertain)
            {
                Report.Line("uncertain");
            }
            if (round % 6 == 0 && name.StartsWith("checkpoint", StringComparison.Ordinal))
                agent._store.Log.Publisher.Checkpoint();
            // Publications come between, as they do where nobody is in a hurry.
            Thread.Sleep(agent._random.Next(12));
        }
        return 0;
    }

    private void Act(int round)
    {
        switch (_random.Next(8))
        {
            case 0 or 1:
            case 2 when _own.Count == 0:
                Define(round);
                break;
            case 2 or 3 when _own.Count > 0:
                Edit(round);
                break;
            case 4:
                Share(round);
                break;
            case 5 when _claims.Count > 0:
                Complete();
                break;
            case 6 when _own.Count > 2:
                Remove();
                break;
            default:
                Request();
                break;
        }
    }

    private void Define(int round)
    {
        var id = FormattableString.Invariant($"{_name}-{round}");
        if (_board.Define([new TaskDefinition(id) { Content = Text(0) }], _options)[0].Refusal is null)
            Has("task", id, "");
        _own.Add(id);
    }

    // The number behind the dots grows with each.
    private void Edit(int round)
    {
        var id = _own[_random.Next(_own.Count)];
        if (_board.Edit([new TaskEdit(id) { Content = Text(round) }], _options)[0].Refusal is null)
            Has("content", id, round.ToString(CultureInfo.InvariantCulture));
    }

    // All define it, and give it the same content: most are told "already so", which rests on what another wrote.
    private void Share(int round)
    {
        var id = FormattableString.Invariant($"shared-{round / 4}");
        _ = _board.Define([new TaskDefinition(id)], _options);
        if (_board.Edit([new TaskEdit(id) { Content = "1" }], _options)[0].Refusal is null)
            Has("content", id, "1");
    }

    private void Request()
    {
        if (_board.Request(new TaskRequest(new LeaseHolder(_name)), _options).Task is not { } task)
            return;
        _claims.Add((task.Id, task.Claim!.Token));
        Has("claim", task.Id, task.Claim.Token.ToString(CultureInfo.InvariantCulture));
    }

    private void Complete()
    {
        var (id, token) = _claims[^1];
        _claims.RemoveAt(_claims.Count - 1);
        Report.Line("may", "claim", id);
        _ = _board.Start([new StartRequest(id, new LeaseHolder(_name)) { Token = token }], _options);
        if (_board.Complete([new CompleteRequest(id, _name) { Token = token }], _options)[0].Refusal is null)
            Has("done", id, "");
    }

    private void Remove()
    {
        var id = _own[0];
        _own.RemoveAt(0);
        Report.Line("may", "task", id);
        _ = _board.Remove([new TaskRemoval(id)], _options);
    }

    private void Has(string what, string id, string value) =>
        Report.Line("has", _version.ToString(CultureInfo.InvariantCulture), what, id, value);

    private string Text(int number) =>
        new string('.', _name.StartsWith("large", StringComparison.Ordinal) ? _random.Next(5000, 12000) : _random.Next(20, 900)) +
        number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _board.Dispose();
}
