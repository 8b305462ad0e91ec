using System;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Waits until the board has a version that somebody has not seen: it looks, at first often and then less, by chance a bit sooner or later
/// than others. What the server tells meanwhile makes it look at once, and less often else.
/// </summary>
internal sealed class ServerChangeWait(PostgresLog log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPauseOfListeners = TimeSpan.FromSeconds(2);

    /// <summary>True if there is a newer version, false when the time is over without one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Run(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        for (var pause = ShortestPause; ; pause = Min(pause + pause / 2, log.Listener.Hears ? LongestPauseOfListeners : LongestPause))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var heard = log.Listener.Heard;
            int board;
            long known;
            lock (log.Gate)
            {
                known = log.Follow()!.Version;
                if (known > version)
                    return true;
                board = log.Copy?.Id ?? 0;
            }
            var left = deadline.Remaining;
            if (left == TimeSpan.Zero)
                return false;
            if (board != 0 && log.Relay?.Wait(board, known, left, cancellationToken) is not null)
                continue;
            if (pause > ShortestPause)
                log.Listener.Want(board);
            var rest = pause * (0.5 + Random.Shared.NextDouble() / 2);
            log.Listener.Wait(heard, left == Timeout.InfiniteTimeSpan ? rest : Min(left, rest), cancellationToken);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
