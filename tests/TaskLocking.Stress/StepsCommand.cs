using System;
using System.Globalization;

namespace TaskLocking.Stress;

/// <summary>
/// One living process that works in steps: for each line of its input, a number, it defines that many tasks of some kilobytes, tells each
/// answer, <c>defined</c> or <c>refused</c> with its code, and then READY. Goes on whatever it was refused.
/// </summary>
internal static class StepsCommand
{
    public static int Run(string workspace, string name)
    {
        using var board = TaskBoard.Open(workspace);
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = name };
        var content = new string('x', 8000);
        var next = 0;
        Report.Line("READY");
        while (Console.In.ReadLine() is { } line)
        {
            for (var left = int.Parse(line, CultureInfo.InvariantCulture); left > 0; left--)
                Report.Line(Define(board, new TaskDefinition($"{name}-{next++}") { Content = content }, options));
            Report.Line("READY");
        }
        return 0;
    }

    private static string[] Define(TaskBoard board, TaskDefinition task, CommitOptions options)
    {
        try
        {
            return board.Define([task], options)[0].Refusal is { } refusal ? ["refused", refusal.Code.ToString(), task.Id]
                : ["defined", "", task.Id];
        }
        catch (TaskLockingException exception)
        {
            return ["refused", exception.Refusal.Code.ToString(), task.Id];
        }
    }
}
