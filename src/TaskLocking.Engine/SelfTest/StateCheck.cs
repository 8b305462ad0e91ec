using System.IO;

namespace TaskLocking.SelfTest;

/// <summary>The store, if there is one, must open and be whole.</summary>
internal static class StateCheck
{
    public static string Run(string workspace)
    {
        if (!Directory.Exists(Path.Combine(workspace, WorkspacePath.StoreFolder)))
            return $"There is no {WorkspacePath.StoreFolder} yet; the first task makes it.";
        using var board = TaskBoard.Open(workspace);
        return $"The store opens and has {board.GetTasks().Count} tasks.";
    }
}
