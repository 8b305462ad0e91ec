using System;
using System.Collections.Generic;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaskLocking.Cli.Output;

/// <summary>How far a swarm is, for a person: a bar, the counts, and what stands in the way.</summary>
internal static class ProgressDrawing
{
    private const int Width = 50;
    private const int ShownNames = 10;

    public static IRenderable Of(TaskProgress progress, bool unicode = true)
    {
        var lines = new List<IRenderable> { Bar(progress, unicode), new Text(ProgressReport.Counts(progress)) };
        if (progress.FailedTaskIds.Count > 0)
            lines.Add(Line("Failed: " + Listed(progress.FailedTaskIds)));
        for (var i = 0; i < progress.Stuck.Count && i < ShownNames; i++)
            lines.Add(Line("Stuck: " + progress.Stuck[i]));
        if (progress.Stuck.Count > ShownNames)
            lines.Add(Line($"Stuck: {progress.Stuck.Count - ShownNames} more, which 'graph check' tells"));
        if (progress.ActiveLocks > 0)
            lines.Add(Line("Files held: " + Listed(progress.LockedFiles)));
        if (progress.Cycle.Count > 0)
            lines.Add(Line($"Circle: {Listed(progress.Cycle, " -> ")} -> {progress.Cycle[0]}"));
        return new Rows(lines);
    }

    private static Text Line(string text) => new(TerminalText.Line(text));

    // A part that is not empty is seen, however small; what is left of the bar is pending.
    private static Paragraph Bar(TaskProgress progress, bool unicode)
    {
        var bar = new Paragraph();
        var (counted, drawn, room) = (0, 0, progress.Pending > 0 ? Width - 1 : Width);
        Part(progress.Completed, unicode ? '█' : '#', Color.Green);
        Part(progress.InProgress, unicode ? '▓' : '=', Color.Yellow);
        Part(progress.Failed, unicode ? '×' : 'x', Color.Red);
        bar.Append(new string(unicode ? '░' : '.', Width - drawn), new Style(Color.Grey));
        bar.Append("  ").Append(ProgressReport.Percent(progress));
        return progress.Swarm is null ? bar : bar.Append("  ").Append(TerminalText.Line(progress.Swarm));

        void Part(int count, char mark, Color color)
        {
            if (count == 0)
                return;
            counted += count;
            var end = Math.Min(room, Math.Max(drawn + 1, (int)((long)counted * Width / progress.Total)));
            bar.Append(new string(mark, end - drawn), new Style(color));
            drawn = end;
        }
    }

    private static string Listed(IReadOnlyList<string> names, string separator = ", ")
    {
        var shown = new string[Math.Min(names.Count, ShownNames)];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = names[i];
        return string.Join(separator, shown) + (names.Count > ShownNames ? $"{separator}{names.Count - ShownNames} more" : "");
    }
}
