using System;
using System.Diagnostics;
using System.Linq;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// Takes ready tasks off a queue in a database, so many in one commit and begun in it, and completes them in another. Warmed alone and then
/// together with the others, as in a folder.
/// </summary>
internal sealed class ServerQueue(string ownAddress, string warmAddress, string address, string index, int atOnce, CommitTimes times)
    : IWorkload
{
    /// <summary>As many as the queue has that all warm themselves on together.</summary>
    public const int WarmTasks = 20_000;

    private const int OwnTasks = 5_000;

    private static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    private readonly LeaseHolder _self = new("agent-" + index)
    {
        Host = Environment.MachineName,
        Pid = Environment.ProcessId,
        ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
    };
    private TaskBoard? _board;
    private long _done;

    public bool IsOver { get; private set; }

    public long? Done => _done;

    public void Warm()
    {
        using (_board = Open(ownAddress))
        {
            QueueTasks.Define(_board, OwnTasks);
            Repeat.UntilWarm(() => Step());
        }
        using (_board = Open(warmAddress))
        {
            IsOver = false;
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Together && !IsOver;)
                Step();
        }
        _board = Open(address);
        // What is asked first reads the tasks, and puts them into their order.
        _board.Request(new TaskRequest(_self), times.Options with { WhatIf = true });
        (IsOver, _done) = (false, 0);
    }

    public bool Step()
    {
        var mine = _board!.Request(new TaskRequest(_self) { Start = true, Count = atOnce }, times.Options).Claimed;
        if (mine.Count == 0)
        {
            IsOver = true;
            return false;
        }
        var outcomes = _board.Complete(
            [.. mine.Select(claimed => new CompleteRequest(claimed.Id, _self.Agent) { Token = claimed.Task!.Claim!.Token })],
            times.Options);
        if (outcomes.FirstOrDefault(outcome => outcome.Refusal is not null) is { } refused)
            throw new InvalidOperationException(refused.Refusal!.Message);
        _done += mine.Count;
        return true;
    }

    public void Dispose() => _board?.Dispose();

    private static TaskBoard Open(string at) => PostgresBoard.Open(at, Environment.CurrentDirectory);
}
