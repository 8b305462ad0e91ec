using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaskLocking.Cli.Output;

/// <summary>Who does what, for a person: a row a task, and how far it is all in a line.</summary>
internal static class StatusDrawing
{
    private const int MostRows = 200;

    public static IRenderable Of(IReadOnlyList<WorkStatus> work, TaskProgress progress, AssignmentRunRecord? lastRun,
        DateTimeOffset now)
    {
        var lines = new List<IRenderable>();
        if (work.Count > 0)
            lines.Add(SpectreTable.Of(Rows(work, now)));
        if (work.Count > MostRows)
            lines.Add(new Text($"{work.Count - MostRows} more, which --json tells"));
        lines.Add(new Text(ProgressReport.Line(progress)));
        if (lastRun is not null)
            lines.Add(new Text(AssignmentRunReport.Line(lastRun, now)));
        return new Rows(lines);
    }

    /// <summary>A length of time in its largest unit: "12m".</summary>
    public static string Age(TimeSpan? span) => span is not { } length ? ""
        : length < TimeSpan.Zero ? "over"
        : length.TotalDays >= 2 ? Whole(length.TotalDays) + "d"
        : length.TotalHours >= 2 ? Whole(length.TotalHours) + "h"
        : length.TotalMinutes >= 2 ? Whole(length.TotalMinutes) + "m"
        : Whole(length.TotalSeconds) + "s";

    private static TextTable Rows(IReadOnlyList<WorkStatus> work, DateTimeOffset now)
    {
        var rows = new TextTable("State", "Task", "Agent", "For", "Lease", "Lives", "Why");
        foreach (var each in work.Take(MostRows))
        {
            rows.Add(each.State.ToString(), each.TaskId, each.Agent, each.Since is { } since && since <= now ? Age(now - since) : "",
                Age(each.LeaseLeft), each.IsAlive switch { true => "yes", false => "no", _ => "" }, each.Why);
        }
        return rows;
    }

    private static string Whole(double number) => Math.Floor(number).ToString(CultureInfo.InvariantCulture);
}
