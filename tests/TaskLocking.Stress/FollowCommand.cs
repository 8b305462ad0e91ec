using System;
using System.Globalization;
using System.Threading;

namespace TaskLocking.Stress;

/// <summary>Follows a board from a version on until it is killed, and prints each event whole: <c>event VERSION WHAT .</c></summary>
internal static class FollowCommand
{
    public static int Run(string workspace, long after)
    {
        using var board = TaskBoard.Open(workspace);
        using var feed = board.OpenFeed(after);
        while (true)
        {
            foreach (var told in feed.Read(50))
                Report.Line("event", told.Version.ToString(CultureInfo.InvariantCulture), told.ToString(), ".");
            feed.Wait(Timeout.InfiniteTimeSpan);
        }
    }
}
