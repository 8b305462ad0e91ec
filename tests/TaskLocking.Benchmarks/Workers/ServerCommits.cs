using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// Durable commits to a board in a database by so many callers of one process, each of which takes a task of its own and gives it back, one
/// commit after the other. What waits at the same time goes in one call, as from a server or a relay.
/// </summary>
internal sealed class ServerCommits(string warmAddress, string address, string index, int callers) : IWorkload
{
    private static readonly CommitOptions Options = new() { Timeout = TimeSpan.FromSeconds(60), By = "benchmark" };

    private readonly List<Thread> _threads = [];
    private TaskBoard? _board;
    private Action? _alone;
    private long _done;
    private volatile bool _isOver;

    public TimeSpan LeadIn { get; } = TimeSpan.FromSeconds(2);

    public long? Done => Interlocked.Read(ref _done);

    public void Warm()
    {
        Open(warmAddress);
        if (callers == 1)
        {
            var act = Caller(0);
            Repeat.UntilWarm(act);
        }
        else
        {
            Begin();
            Repeat.UntilWarm(() => Thread.Sleep(1));
        }
        Close();
        Open(address);
        if (callers == 1)
            _alone = Caller(0);
        else
            Begin();
    }

    public bool Step()
    {
        if (_alone is null)
            Thread.Sleep(1);
        else
            _alone();
        return true;
    }

    public void Dispose() => Close();

    private void Open(string at)
    {
        _board = PostgresBoard.Open(at, Environment.CurrentDirectory);
        var outcomes = _board.Define([.. Enumerable.Range(0, callers).Select(number => new TaskDefinition(Task(number)))], Options);
        if (outcomes.Any(outcome => outcome.Refusal is { Code: not RefusalCode.TaskAlreadyDefined }))
            throw new InvalidOperationException("The tasks could not be defined.");
    }

    private string Task(int caller) => string.Create(CultureInfo.InvariantCulture, $"C-{index}-{caller}");

    private Action Caller(int number)
    {
        var (board, task, agent) = (_board!, Task(number), "agent-" + Task(number));
        var isMine = false;
        return () =>
        {
            var result = isMine ? board.Unassign(new UnassignmentRequest([task]) { From = agent }, Options)
                : board.Assign(new AssignmentRequest([task], "agent", agent), Options);
            if (!result.Success)
                throw new InvalidOperationException($"{task} was not as it was left.");
            isMine = !isMine;
            Interlocked.Increment(ref _done);
        };
    }

    private void Begin()
    {
        _isOver = false;
        foreach (var number in Enumerable.Range(0, callers))
        {
            var act = Caller(number);
            var thread = new Thread(() =>
            {
                while (!_isOver)
                    act();
            })
            { IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Close()
    {
        _isOver = true;
        _threads.ForEach(thread => thread.Join());
        _threads.Clear();
        _board?.Dispose();
        _board = null;
    }
}
