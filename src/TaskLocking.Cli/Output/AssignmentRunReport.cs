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
        var counts = $"{run.Maintenance.Count} set right, {run.Assigned.Count} assigned, {run.Skipped.Count} skipped"
            + (run.Archived.Count > 0 ? $", {run.Archived.Count} archived" : "");
        lines.Add(counts + (run.WhatIf ? "; nothing was changed (--what-if)" : ""));
        StandardOutput.Lines(lines);
    }
}
