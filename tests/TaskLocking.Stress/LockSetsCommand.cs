using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>
/// Holds random sets of five of the workspace's tasks, a number of rounds or for some seconds, with a witness pair a task.
/// </summary>
internal static class LockSetsCommand
{
    private const int SetSize = 5;

    public static int Run(string workspace, int seed, int rounds, TimeSpan? time)
    {
        using var board = TaskBoard.Open(workspace);
        var random = new Random(seed);
        var ids = board.GetTasks().Select(task => task.Id).ToArray();
        var witnesses = ids.ToDictionary(id => id, id => new OverlapDetectors(Path.Combine(workspace, "witness-" + id)),
            StringComparer.Ordinal);
        var options = new HoldOptions { Timeout = TimeSpan.FromMinutes(5), Agent = "set-" + seed };
        var longest = TimeSpan.Zero;
        var done = 0;
        Gate.Wait();
        for (var watch = Stopwatch.StartNew(); done < rounds && (time is null || watch.Elapsed < time); done++)
        {
            random.Shuffle(ids);
            using var hold = board.Hold(ids[..SetSize], options);
            if (hold.Waited > longest)
                longest = hold.Waited;
            var inside = hold.Ids.Select(id => witnesses[id]).ToList();
            inside.ForEach(witness => witness.Enter());
            inside.ForEach(witness => witness.Leave());
        }
        Report.Line("sets", done.ToString(CultureInfo.InvariantCulture),
            witnesses.Values.Sum(witness => witness.Overlaps).ToString(CultureInfo.InvariantCulture),
            longest.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        foreach (var witness in witnesses.Values)
            witness.Dispose();
        return 0;
    }
}
