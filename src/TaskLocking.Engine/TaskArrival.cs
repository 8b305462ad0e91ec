using System;
using System.Diagnostics;
using System.Threading;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking;

/// <summary>
/// Asks for tasks again and again: in between it waits for changes of the board, and for what no commit tells of (a holder that was
/// killed, a time that has come) it looks once a second. For one thread at a time.
/// </summary>
internal sealed class TaskArrival(TaskBoard board, TaskRequest request, CommitOptions options)
{
    // To look what is left reads all tasks: where others commit all the time, not after each of them, and seldom where there are many.
    private const int PauseByCost = 20;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenOutlooks = TimeSpan.FromMilliseconds(100);

    private Deadline _nextOutlook = new(TimeSpan.Zero);
    private long _seen = -1;

    /// <summary>What was found when it was last looked what is left.</summary>
    public WorkOutlook? Outlook { get; private set; }

    /// <summary>The version of the board at the last answer.</summary>
    public long Seen => _seen;

    /// <summary>Asks once.</summary>
    public TaskRequestAnswer Ask(CancellationToken cancellationToken)
    {
        _seen = -1;
        return board.Request(request, options with { OnCommitted = Seen }, cancellationToken);

        void Seen(CommitReport report)
        {
            _seen = report.Version;
            if (report.Wrote || report.Replayed)
                options.OnCommitted?.Invoke(report);
        }
    }

    /// <summary>Whether nothing is left that may still be done without a person; false also where it is not time to look again.</summary>
    public bool IsEmpty(CancellationToken cancellationToken)
    {
        if (Outlook is null || Outlook.Version != _seen)
        {
            if (_nextOutlook.Remaining > TimeSpan.Zero)
                return false;
            var began = Stopwatch.GetTimestamp();
            Outlook = WorkOutlook.Of(board.State(cancellationToken), new ReadyQuery { Swarm = request.Swarm, Tags = request.Tags });
            var pause = TimeSpan.FromTicks(Deadline.Since(began).Ticks * PauseByCost);
            _nextOutlook = new Deadline(pause > BetweenOutlooks ? pause : BetweenOutlooks);
        }
        return Outlook.Left == 0;
    }

    /// <summary>Waits until it makes sense to ask again, at most so long.</summary>
    public void Pause(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_seen >= 0)
            board.WaitForChange(_seen, Shorter(_nextOutlook.Remaining, Deadline.Shorter(Glance, atMost)), cancellationToken);
        else
            cancellationToken.WaitHandle.WaitOne(Glance);
    }

    // Where the first is over it bounds nothing: another look was possible already.
    private static TimeSpan Shorter(TimeSpan wait, TimeSpan other) => wait == TimeSpan.Zero ? other : Deadline.Shorter(wait, other);
}
