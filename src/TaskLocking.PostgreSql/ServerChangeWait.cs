using System;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>Waits until the board has a version that somebody has not seen: it looks, at first often and then less, by chance a bit
/// sooner or later than others.</summary>
internal sealed class ServerChangeWait(PostgresLog log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>True if there is a newer version, false when the time is over without one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Run(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause + pause / 2 : pause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (log.Gate)
            {
                if (log.Follow()!.Version > version)
                    return true;
            }
            if (deadline.Remaining == TimeSpan.Zero)
                return false;
            ServerConnections.Rest(pause, deadline, cancellationToken);
        }
    }
}
