using System;
using System.Globalization;

namespace TaskLocking.Stress;

/// <summary>
/// Commits until it is killed: before each commit it prints <c>try N</c>, after it <c>done N</c>. A commit raises the number in the
/// content of both <c>NAME-a</c> and <c>NAME-b</c>, behind dots that let the journal grow to its next checkpoint; every tenth also defines
/// <c>NAME-N</c>.
/// </summary>
internal static class CommitCommand
{
    public static int Run(string workspace, string name)
    {
        using var board = TaskBoard.Open(workspace);
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = name };
        board.Define([new TaskDefinition(name + "-a"), new TaskDefinition(name + "-b")], options);
        var padding = new string('.', 1000);
        Gate.Wait();
        for (var number = 1; ; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            Report.Line("try", text);
            board.Edit([new TaskEdit(name + "-a") { Content = padding + text }, new TaskEdit(name + "-b") { Content = padding + text }],
                options);
            if (number % 10 == 0)
                board.Define([new TaskDefinition(name + "-" + text)], options);
            Report.Line("done", text);
        }
    }
}
