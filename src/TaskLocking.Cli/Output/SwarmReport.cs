using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>Swarms for a person or a program.</summary>
internal static class SwarmReport
{
    public static void Write(CommandRun run, IReadOnlyList<SwarmStatus> swarms)
    {
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, swarms, single: false, SwarmJson.Write));
            return;
        }
        if (swarms.Count == 0)
        {
            StandardOutput.Line("No swarms.");
            return;
        }
        var table = new TextTable("Swarm", "State", "Total", "Done", "In progress", "Open", "Why");
        foreach (var swarm in swarms)
        {
            table.Add(swarm.Swarm, swarm.IsPaused ? "paused" : "goes on", $"{swarm.Total}", $"{swarm.Done}", $"{swarm.InProgress}",
                $"{swarm.Open}", !swarm.IsPaused ? null : string.Join(", ", new[] { swarm.Reason, TaskText.Time(swarm.PausedSince),
                    swarm.PausedBy }.Where(part => !string.IsNullOrEmpty(part))));
        }
        SpectreTable.Write(table);
    }

    /// <summary>What became of swarms that were named.</summary>
    /// <param name="run">Where to.</param>
    /// <param name="outcomes">In the order asked.</param>
    /// <param name="sentence">What was done, for a person.</param>
    public static int Write(CommandRun run, IReadOnlyList<SwarmOutcome> outcomes, Func<SwarmOutcome, string> sentence)
    {
        var done = outcomes.Where(outcome => outcome.Refusal is null).ToList();
        if (run.Json && done.Count > 0)
            StandardOutput.Json(writer => JsonText.Write(writer, done, single: outcomes.Count == 1, SwarmJson.Write));
        else if (done.Count > 0)
            StandardOutput.Lines(done.Select(sentence));
        return run.Failure.Tell(outcomes.Select(outcome => outcome.Refusal).OfType<Refusal>().ToList());
    }
}
