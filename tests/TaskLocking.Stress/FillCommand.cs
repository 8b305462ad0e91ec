using System.Globalization;

namespace TaskLocking.Stress;

/// <summary>Defines tasks of some size until the store refuses; prints each that it acknowledged, then the code.</summary>
internal static class FillCommand
{
    public static int Run(string workspace, int size)
    {
        using var board = TaskBoard.Open(workspace);
        var content = new string('x', size);
        Gate.Wait();
        try
        {
            for (var number = 0; ; number++)
            {
                var id = "fill-" + number.ToString(CultureInfo.InvariantCulture);
                board.Define([new TaskDefinition(id) { Content = content }]);
                Report.Line("defined", id);
            }
        }
        catch (TaskLockingException exception)
        {
            Report.Line("refused", exception.Refusal.Code.ToString());
        }
        return 0;
    }
}
