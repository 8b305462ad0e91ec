namespace TaskLocking.Stress;

/// <summary>Prints the ids of all tasks in the document's order.</summary>
internal static class ListCommand
{
    public static int Run(string workspace)
    {
        using var board = TaskBoard.Open(workspace);
        Gate.Wait();
        foreach (var task in board.GetTasks())
            Report.Line("task", task.Id);
        return 0;
    }
}
