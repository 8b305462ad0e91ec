using System;

namespace TaskLocking.Stress;

/// <summary>Defines each id by a commit of its own.</summary>
internal static class DefineCommand
{
    public static int Run(string workspace, string[] ids)
    {
        using var board = TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = true });
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = "pid " + Environment.ProcessId };
        Gate.Wait();
        foreach (var id in ids)
        {
            var outcome = board.Define([new TaskDefinition(id) { Name = "by " + Environment.ProcessId }], options)[0];
            Report.Line(outcome.Refusal is null ? "defined" : "refused", outcome.Refusal?.Code.ToString() ?? "", id);
        }
        return 0;
    }
}
