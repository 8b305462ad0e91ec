using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// A task that a worker has taken and begun. While it works it minds <see cref="Stopping"/>; then it says once what became of it, with
/// <see cref="Finish"/> or <see cref="GiveBack"/>, and disposes this.
/// </summary>
public sealed class WorkItem : IDisposable
{
    private const int Shares = 10;

    internal static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    private readonly TaskBoard _board;
    private readonly WorkRequest _request;
    private readonly ClaimWatch _watch;
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _gate = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private bool _isDisposed;

    internal WorkItem(TaskBoard board, WorkRequest request, ClaimWatch watch, TaskOutcome claimed)
    {
        _board = board;
        _request = request;
        _watch = watch;
        Task = claimed.Task!;
        Overlaps = claimed.Overlaps;
        Stopping = _stopping.Token;
        if (Task.TimeLimit is { } limit)
        {
            Limit = new Deadline(limit);
            var share = TimeSpan.FromTicks(limit.Ticks / Shares);
            LimitComes = new Deadline(limit - (request.StopTime < share ? request.StopTime : share));
        }
    }

    /// <summary>The task with its claim.</summary>
    public AgentTask Task { get; }

    /// <summary>The claim's token.</summary>
    public long Token => Task.Claim!.Token;

    /// <summary>Files of the task that somebody else has; only with <see cref="FileOverlap.Warn"/>.</summary>
    public IReadOnlyList<FileConflict> Overlaps { get; }

    /// <summary>Cancelled when the work has to end: the claim is lost, or the time limit comes up.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Why; null as long as it may go on.</summary>
    public WorkStop? Why { get; private set; }

    /// <summary>
    /// How long the work may still take to end once it has to: by the time limit at the latest, when anybody else may get the task.
    /// </summary>
    public TimeSpan StopTime
    {
        get
        {
            var left = Why == WorkStop.TimeLimit && Limit is { } limit ? limit.Remaining : _request.StopTime;
            return left < _request.StopTime ? left : _request.StopTime;
        }
    }

    internal Deadline? Limit { get; }

    /// <summary>Some time before the limit, so that the work has ended by then.</summary>
    internal Deadline? LimitComes { get; }

    /// <summary>When the claim is to be renewed.</summary>
    internal Deadline Renewal { get; set; }

    /// <summary>
    /// The work has ended. It was done where no failure is told; but where the time limit ended it, it failed by that, and where the claim
    /// was lost, it counts nothing.
    /// </summary>
    /// <param name="failure">Why it failed, in a line of which 1,000 characters are kept; null if it did not.</param>
    /// <param name="output">What it wrote last, of which the last 4,000 characters are kept with the failure; null for nothing.</param>
    /// <param name="cancellationToken">Ends a wait for the store; the task then stays claimed as long as the process lives.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was told.</exception>
    /// <exception cref="TaskLockingException">What another try would not change.</exception>
    public WorkResult Finish(string? failure, string? output = null, CancellationToken cancellationToken = default)
    {
        if (Why == WorkStop.ClaimLost)
            return Lost(null);
        if (Why == WorkStop.TimeLimit)
            failure = "timed out after " + Task.TimeLimit!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
        var (holder, reason) = (_request.Holder, failure is null ? null : FailureText.Line(failure));
        return End(reason, () => reason is null
            ? _board.Complete([new CompleteRequest(Task.Id, holder.Agent)
            {
                Token = Token,
                Type = holder.Type ?? "agent",
                Callers = holder.Callers,
            }], Options, cancellationToken)
            : _board.Fail([new FailRequest(Task.Id, holder.Agent, reason)
            {
                Token = Token,
                Type = holder.Type,
                Callers = holder.Callers,
                Output = output is null ? null : FailureText.End(output),
            }], Options, cancellationToken), cancellationToken);
    }

    /// <summary>The work will not be done by this worker: nobody is to blame, and the attempt does not count.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was told.</exception>
    /// <exception cref="TaskLockingException">What another try would not change.</exception>
    public WorkResult GiveBack(CancellationToken cancellationToken = default) => Why == WorkStop.ClaimLost ? Lost(null)
        : End(null, () => _board.GiveBack([new GiveBackRequest(Task.Id, _request.Holder.Agent, Token)], Options, cancellationToken),
            cancellationToken, isGivenBack: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Remove(this);
        lock (_gate)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }
    }

    internal void Stop(WorkStop why)
    {
        lock (_gate)
        {
            if (_isDisposed || Why is not null)
                return;
            Why = why;
        }
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended by itself in the same moment.
        }
    }

    private CommitOptions Options => new() { By = _request.By ?? _request.Holder.Agent };

    // The work is done, and only the word of it is missing: it is tried until it is told, or somebody has had enough.
    private WorkResult End(string? reason, Func<IReadOnlyList<TaskOutcome>> tell, CancellationToken cancellationToken,
        bool isGivenBack = false)
    {
        _watch.Remove(this);
        for (var isUnsure = false; ; cancellationToken.WaitHandle.WaitOne(BeforeNextTry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var outcome = tell()[0];
                if (outcome.Refusal is not { } refusal)
                    return Result(outcome.Task!, reason, isGivenBack);
                // Of a try that may have lasted, the next one finds what it did.
                if (isUnsure && _board.FindTask(Task.Id) is { Claim: null } now && now.Status != AgentTaskStatus.InProgress)
                    return Result(now, reason, isGivenBack);
                return Lost(refusal.Message);
            }
            catch (TaskLockingException refused) when (IsPassing(refused.Refusal.Code))
            {
                isUnsure |= refused.Refusal.Code == RefusalCode.CommitUncertain;
                _request.OnTrouble?.Invoke(refused.Refusal);
            }
        }
    }

    private WorkResult Result(AgentTask now, string? reason, bool isGivenBack) => new(now,
        isGivenBack ? WorkResultKind.GivenBack
        : reason is not null ? (now.Status == AgentTaskStatus.Failed ? WorkResultKind.Failed : WorkResultKind.Retry)
        : now.Status == AgentTaskStatus.Review ? WorkResultKind.Review : WorkResultKind.Done,
        reason, Deadline.Since(_began));

    private WorkResult Lost(string? why) =>
        new(Task, WorkResultKind.Lost, why ?? LostSentence(), Deadline.Since(_began));

    private string LostSentence()
    {
        try
        {
            return LostSentence(_board.FindTask(Task.Id));
        }
        catch (TaskLockingException refused) when (IsPassing(refused.Refusal.Code))
        {
            return "the claim was lost";
        }
    }

    private string LostSentence(AgentTask? found) => found is { } now
        ? now.Claim is { } claim && claim.Token != Token ? $"{claim.Agent} has the task now, with token {claim.Token}"
            : $"the claim was taken away: the task is {now.StatusText}"
        : "the task was removed";

    /// <summary>Whether another try may go better.</summary>
    internal static bool IsPassing(RefusalCode code) => code is RefusalCode.LockTimeout or RefusalCode.CommitUncertain
        or RefusalCode.DiskFull or RefusalCode.StoreUnavailable;
}
