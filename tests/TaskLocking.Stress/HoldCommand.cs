using System;
using TaskLocking.Locking;

namespace TaskLocking.Stress;

/// <summary>Holds a lock until it is let through the gate, or killed.</summary>
internal static class HoldCommand
{
    public static int File(string path)
    {
        using var held = ExclusiveLock.Acquire(path);
        Gate.Wait();
        return 0;
    }

    public static int Tasks(string workspace, string[] ids)
    {
        using var board = TaskBoard.Open(workspace);
        using var hold = board.Hold(ids, new HoldOptions { Agent = "stress", Doing = "holding" });
        Gate.Wait();
        return 0;
    }
}
