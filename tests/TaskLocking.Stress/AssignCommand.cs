using System;

namespace TaskLocking.Stress;

/// <summary>Assigns all ids as one batch, all or nothing.</summary>
internal static class AssignCommand
{
    public static int Run(string workspace, string name, string[] ids)
    {
        using var board = TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = true });
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5) };
        Gate.Wait();
        var result = board.Assign(new AssignmentRequest(ids, "agent", name), options);
        foreach (var outcome in result.Assigned)
            Report.Line("assigned", outcome.Id);
        foreach (var outcome in result.Failed)
            Report.Line("refused", outcome.Refusal!.Code.ToString(), outcome.Id);
        return 0;
    }
}
