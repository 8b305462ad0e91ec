using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;

namespace TaskLocking;

/// <summary>
/// A worker: takes tasks one after the other, each claimed and begun in one commit, and sees to their claims while the work goes on. Call
/// <see cref="Take"/> until it gives none, do the work, and say with <see cref="WorkItem.Finish"/> or <see cref="WorkItem.GiveBack"/> what
/// became of it. Several threads may take; one waits for all.
/// </summary>
/// <remarks>
/// It waits for changes of the store. What no commit tells of, it looks for once a second: a holder that was killed, a time that has come.
/// Failure modes: while the store cannot be used it goes on trying; what is wrong with the request is told by the constructor.
/// </remarks>
public sealed class AgentWork : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenOutlooks = TimeSpan.FromMilliseconds(100);

    private readonly TaskBoard _board;
    private readonly WorkRequest _request;
    private readonly ClaimWatch _watch;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private WorkOutlook? _outlook;
    private Deadline _nextOutlook = new(TimeSpan.Zero);
    private int _taken;

    /// <summary>Takes nothing yet.</summary>
    /// <param name="board">Stays the caller's.</param>
    /// <param name="request">What to take.</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public AgentWork(TaskBoard board, WorkRequest request)
    {
        _board = board;
        _request = request with { Holder = request.Holder with { } };
        if (Fault(request) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        _watch = new ClaimWatch(board, _request);
    }

    /// <summary>Why there are no more tasks; null as long as there may be.</summary>
    public WorkEnd? End { get; private set; }

    /// <summary>The same as a sentence.</summary>
    public string? EndReason { get; private set; }

    /// <summary>
    /// Of a worker that ended because nothing is left: whether something is neither done nor in review, so that a person has to see to it.
    /// </summary>
    public bool HasUndone => _outlook?.HasUndone ?? false;

    /// <summary>Waits for the next task; null when there are no more, for which <see cref="End"/> tells the reason.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was taken.</exception>
    /// <exception cref="TaskLockingException">What keeps this worker from any task: InvalidArgument, NotPermitted, StateCorrupt,
    /// CommitUncertain, …</exception>
    public WorkItem? Take(CancellationToken cancellationToken = default)
    {
        _turn.Wait(cancellationToken);
        try
        {
            return End is null ? Next(cancellationToken) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sees to no claim any more. What was taken and not ended stays claimed, as long as the process lives.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        _turn.Dispose();
    }

    private WorkItem? Next(CancellationToken cancellationToken)
    {
        if (_request.Count is { } most && _taken >= most)
            return Ended(WorkEnd.Count, $"{most} {(most == 1 ? "task was" : "tasks were")} taken.");
        var idle = IdleFrom();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = Ask(out var version, cancellationToken);
            if (answer is { Claimed: [{ } claimed, ..] })
            {
                _taken++;
                var item = new WorkItem(_board, _request, _watch, claimed);
                _watch.Add(item);
                return item;
            }
            if (answer is not null && _request.UntilEmpty && Look(version) is { Left: 0 } outlook)
                return Ended(WorkEnd.Empty, outlook.Sentence);
            if (_watch.Count > 0)
                idle = IdleFrom();
            else if (answer is not null && idle.Remaining == TimeSpan.Zero)
                return Ended(WorkEnd.Idle, "Nothing was to be done for as long as was to be waited. " + answer.Nothing);
            Wait(version, Shorter(_nextOutlook.Remaining, Shorter(Glance, idle.Remaining)), cancellationToken);
        }
    }

    private Deadline IdleFrom() => new(_request.IdleTimeout ?? Timeout.InfiniteTimeSpan);

    private WorkItem? Ended(WorkEnd end, string reason)
    {
        (End, EndReason) = (end, reason);
        return null;
    }

    // Null while the store cannot be used.
    private TaskRequestAnswer? Ask(out long version, CancellationToken cancellationToken)
    {
        long seen = -1;
        var options = new CommitOptions { By = _request.By ?? _request.Holder.Agent, OnCommitted = report => seen = report.Version };
        try
        {
            return _board.Request(new TaskRequest(_request.Holder)
            {
                Capabilities = _request.Capabilities,
                Swarm = _request.Swarm,
                Tags = _request.Tags,
                Ttl = _request.Ttl,
                OnOverlap = _request.OnOverlap,
                Start = true,
            }, options, cancellationToken);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.LockTimeout)
        {
            _request.OnTrouble?.Invoke(refused.Refusal);
            return null;
        }
        finally
        {
            version = seen;
        }
    }

    // It reads all tasks: where others commit all the time, not after each of them.
    private WorkOutlook? Look(long version)
    {
        if (_outlook?.Version == version)
            return _outlook;
        if (_nextOutlook.Remaining > TimeSpan.Zero)
            return null;
        _outlook = WorkOutlook.Of(_board.State(CancellationToken.None), new ReadyQuery { Swarm = _request.Swarm, Tags = _request.Tags });
        _nextOutlook = new Deadline(BetweenOutlooks);
        return _outlook;
    }

    private void Wait(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (version >= 0)
            _board.WaitForChange(version, atMost, cancellationToken);
        else
            cancellationToken.WaitHandle.WaitOne(Glance);
    }

    // Where the first is over it bounds nothing: another look was possible already.
    private static TimeSpan Shorter(TimeSpan wait, TimeSpan other) =>
        wait == TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan ? other
        : other != Timeout.InfiniteTimeSpan && other < wait ? other : wait;

    private static string? Fault(WorkRequest request) =>
        LeaseFields.Ttl(request.Ttl)
        ?? (request.Count is < 1 ? $"{request.Count} tasks cannot be taken. Give 1 or more, for example 10." : null)
        ?? (request.IdleTimeout is { } idle && idle < TimeSpan.Zero ? $"Nobody can wait for {idle}. Give 0 s or more, for example 10 m."
            : null)
        ?? (request.StopTime < TimeSpan.Zero || request.StopTime > TimeSpan.FromHours(1)
            ? $"Work cannot have {request.StopTime} to end. Give 0 s to 1 h, for example 10 s." : null);
}
