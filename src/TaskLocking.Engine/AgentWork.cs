using System;
using System.Linq;
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
/// Failure modes: where the store cannot be used from the beginning, that is told; later it goes on trying, for a server or a disk that
/// is away comes back. A claim whose answer was lost is found then. What is wrong with the request is told by the constructor.
/// </remarks>
public sealed class AgentWork : IDisposable
{
    private readonly TaskBoard _board;
    private readonly WorkRequest _request;
    private readonly ClaimWatch _watch;
    private readonly TaskArrival _arrival;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _taken;
    private long? _seen;
    private bool _isUnsure;

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
        var asked = new TaskRequest(_request.Holder)
        {
            Capabilities = _request.Capabilities,
            Swarm = _request.Swarm,
            Tags = _request.Tags,
            Ttl = _request.Ttl,
            OnOverlap = _request.OnOverlap,
            Start = true,
        };
        _arrival = new TaskArrival(board, asked, new CommitOptions { By = _request.By ?? _request.Holder.Agent });
    }

    /// <summary>Why there are no more tasks; null as long as there may be.</summary>
    public WorkEnd? End { get; private set; }

    /// <summary>The same as a sentence.</summary>
    public string? EndReason { get; private set; }

    /// <summary>
    /// Of a worker that ended because nothing is left: whether something is neither done nor in review, so that a person has to see to it.
    /// </summary>
    public bool HasUndone => _arrival.Outlook?.HasUndone ?? false;

    /// <summary>Waits for the next task; null when there are no more, for which <see cref="End"/> tells the reason.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was taken.</exception>
    /// <exception cref="TaskLockingException">What keeps this worker from any task: InvalidArgument, NotPermitted, StateCorrupt, …; and
    /// what the first try was refused with.</exception>
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
            try
            {
                if (Unheard(cancellationToken) is { } unheard)
                    return Taken(new TaskOutcome(unheard.Id, unheard, null, Changed: true));
                var answer = _arrival.Ask(cancellationToken);
                _seen = Math.Max(_seen ?? 0, _arrival.Seen);
                if (answer is { Claimed: [{ } claimed, ..] })
                    return Taken(claimed);
                if (_request.UntilEmpty && _arrival.IsEmpty(cancellationToken))
                    return Ended(WorkEnd.Empty, _arrival.Outlook!.Sentence);
                if (_watch.Count > 0)
                    idle = IdleFrom();
                else if (idle.Remaining == TimeSpan.Zero)
                    return Ended(WorkEnd.Idle, "Nothing was to be done for as long as was to be waited. " + answer.Nothing);
                _arrival.Pause(_watch.Count > 0 ? Timeout.InfiniteTimeSpan : idle.Remaining, cancellationToken);
            }
            catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.LockTimeout
                || (_seen is not null && WorkItem.IsPassing(refused.Refusal.Code)))
            {
                _isUnsure |= refused.Refusal.Code == RefusalCode.CommitUncertain;
                _request.OnTrouble?.Invoke(refused.Refusal);
                cancellationToken.WaitHandle.WaitOne(WorkItem.BeforeNextTry);
            }
        }
    }

    // An answer that nobody heard may have been a task: then this process has it, and will be asked for it by nobody.
    private AgentTask? Unheard(CancellationToken cancellationToken)
    {
        if (!_isUnsure)
            return null;
        var found = _request.Holder is not { Pid: { } pid } holder ? null
            : _board.State(cancellationToken).Tasks.FirstOrDefault(task => task is { Status: AgentTaskStatus.InProgress, Claim: { } claim }
                && claim.Token > _seen && claim.Pid == pid && claim.ProcessStart == holder.ProcessStart && claim.Agent == holder.Agent);
        _isUnsure = false;
        return found;
    }

    private WorkItem Taken(TaskOutcome claimed)
    {
        _taken++;
        var item = new WorkItem(_board, _request, _watch, claimed);
        _seen = Math.Max(_seen ?? 0, item.Token);
        _watch.Add(item);
        return item;
    }

    private Deadline IdleFrom() => new(_request.IdleTimeout ?? Timeout.InfiniteTimeSpan);

    private WorkItem? Ended(WorkEnd end, string reason)
    {
        (End, EndReason) = (end, reason);
        return null;
    }

    private static string? Fault(WorkRequest request) =>
        LeaseFields.Ttl(request.Ttl)
        ?? (request.Count is < 1 ? $"{request.Count} tasks cannot be taken. Give 1 or more, for example 10." : null)
        ?? (request.IdleTimeout is { } idle && idle < TimeSpan.Zero ? $"Nobody can wait for {idle}. Give 0 s or more, for example 10 m."
            : null)
        ?? (request.StopTime < TimeSpan.Zero || request.StopTime > TimeSpan.FromHours(1)
            ? $"Work cannot have {request.StopTime} to end. Give 0 s to 1 h, for example 10 s." : null);
}
