using System;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>
/// A share of everything, by a seed: defines own ids, removes some of them again, fights for the shared ones that stand in the document,
/// reads in between. Prints what was acknowledged: <c>defined ID</c>, <c>removed ID</c>, <c>assigned ID</c>, <c>unassigned ID</c>.
/// </summary>
internal static class MixedCommand
{
    public static int Run(string workspace, int seed, int count)
    {
        using var board = TaskBoard.Open(workspace);
        var random = new Random(seed);
        var name = "mixed-" + seed;
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = name };
        Gate.Wait();
        var shared = board.GetTasks().Select(task => task.Id).Where(id => id.StartsWith("shared-", StringComparison.Ordinal)).ToArray();
        var own = 0;
        for (var number = 0; number < count; number++)
        {
            var id = shared[random.Next(shared.Length)];
            switch (random.Next(5))
            {
                case 0 or 1:
                    id = $"{name}-{own++}";
                    Tell("defined", id, board.Define([new TaskDefinition(id)], options)[0].Refusal is null);
                    break;
                case 2 when own > 0:
                    id = $"{name}-{random.Next(own)}";
                    Tell("removed", id, board.Remove([new TaskRemoval(id)], options)[0].Refusal is null);
                    break;
                case 3:
                    Tell("unassigned", id,
                        board.Unassign(new UnassignmentRequest([id]) { From = name }, options).Assigned.Any(outcome => outcome.Changed));
                    break;
                default:
                    Tell("assigned", id,
                        board.Assign(new AssignmentRequest([id], "agent", name), options).Assigned.Any(outcome => outcome.Changed));
                    break;
            }
            if (board.GetTasks().Count(task => task.Id.StartsWith("shared-", StringComparison.Ordinal)) != shared.Length)
                Report.Line("half", id);
        }
        return 0;
    }

    private static void Tell(string what, string id, bool done)
    {
        if (done)
            Report.Line(what, id);
    }
}
