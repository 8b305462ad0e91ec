using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Cli.Output;

/// <summary>The summary of a nightly run.</summary>
internal static class AssignmentRunReport
{
    public static void WriteText(AssignmentRun run)
    {
        var lines = new List<string>();
        lines.AddRange(run.Maintenance.Select(item => $"set right  {item.Subject}: {item.Message}"));
        lines.AddRange(run.Assigned.Select(given =>
            $"assigned   {given.TaskId} to {given.Type}:{given.Agent}, who has {given.OpenTasks} now"));
        lines.AddRange(run.Skipped.Select(skipped => $"skipped    {skipped.TaskId}: {skipped.Reason}"));
        if (run.Archived.Count > 0)
            lines.Add("archived   " + string.Join(", ", run.Archived));
        if (run.Stopped is { } stopped)
            lines.Add("stopped    " + stopped.Message);
        lines.Add(Counts(run.Maintenance.Count, run.Assigned.Count, run.Skipped.Count, run.Archived.Count)
            + (run.WhatIf ? "; nothing was changed (--what-if)" : ""));
        StandardOutput.Lines(lines);
    }

    /// <summary>When the last one was, and what it did: "Last nightly run 8h ago: 0 set right, 5 assigned, 2 skipped".</summary>
    public static string Line(AssignmentRunRecord run, DateTimeOffset now) =>
        $"Last nightly run {(run.Finished > now ? "just now" : StatusDrawing.Age(now - run.Finished) + " ago")}"
            + (run.Swarm is null ? "" : $", of the swarm {run.Swarm}") + ": "
            + Counts(run.Maintained, run.Assigned, run.Skipped, run.Archived)
            + (run.Stopped is null ? "" : "; stopped: " + run.Stopped);

    private static string Counts(int maintained, int assigned, int skipped, int archived) =>
        $"{maintained} set right, {assigned} assigned, {skipped} skipped" + (archived > 0 ? $", {archived} archived" : "");
}
