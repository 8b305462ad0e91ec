using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// The <c>tasks.md</c> of spec-kit: <c>- [ ] T001 [P] [US1] What to do</c> under the headings of its phases. What has to come before is
/// not written there but meant: within a phase one task after the other, but those marked <c>[P]</c> side by side; a phase after the one
/// before it, but those of user stories side by side.
/// </summary>
internal static class SpecKitReader
{
    private static readonly Regex Task = new(
        @"^\s*[-*]\s*\[(?<done>[ xX])\]\s*\**(?<id>[A-Z]{1,4}\d+[a-z]?)\**:?(?<marks>(\s*\[[^\]]+\])*)\s*(?<text>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Box = new(@"^\s*[-*]\s*\[[ xX]\]\s*(?<text>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Mark = new(@"\[(?<mark>[^\]]+)\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Named = new(@"\(?(depends on|after|needs)\s+(?<ids>([A-Z]{1,4}\d+[a-z]?(\s*(,|and|&)\s*)?)+)\)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static readonly Regex Id = new(@"[A-Z]{1,4}\d+[a-z]?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    public static void Read(ImportRequest request, PlanReading reading)
    {
        var count = reading.Tasks.Count;
        foreach (var file in request.Files)
            ReadFile(file, request, reading);
        if (reading.Tasks.Count == count)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{request.Files[0].Name}: there is no task of spec-kit. Example of one: - [ ] T001 Create the project");
    }

    private static void ReadFile(ImportFile file, ImportRequest request, PlanReading reading)
    {
        var phases = new PhaseOrder();
        PlannedTodo? todo = null;
        var text = new StringBuilder();
        var lines = Encoding.UTF8.GetString(file.Content.ToArray()).TrimStart('\uFEFF').Replace("\r\n", "\n").Split('\n');
        var isFenced = false;
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            isFenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (isFenced && todo is null)
                continue;
            if (line.Length > 0 && line[0] == '#')
            {
                Finish();
                if (line.StartsWith("## ", StringComparison.Ordinal))
                    phases.Begin(line.TrimStart('#').Trim());
            }
            else if (!isFenced && Task.Match(line) is { Success: true } match)
            {
                Finish();
                todo = Begin($"{file.Name}, line {at + 1}", match, phases, request);
            }
            else if (!isFenced && !char.IsWhiteSpace(line.FirstOrDefault()) && Box.Match(line) is { Success: true } box)
            {
                Finish();
                reading.Remark($"{file.Name}, line {at + 1}", $"'{Short(box.Groups["text"].Value)}' has no id as T001 is: it was left out");
            }
            else if (todo is not null && line.Length > 0 && char.IsWhiteSpace(line[0]))
            {
                text.Append(line.TrimEnd()).Append('\n');
            }
        }
        Finish();

        void Finish()
        {
            if (todo is not null)
            {
                todo.AddContent(text.ToString());
                reading.Add(todo);
            }
            todo = null;
            text.Clear();
        }
    }

    private static PlannedTodo Begin(string place, Match match, PhaseOrder phases, ImportRequest request)
    {
        var id = match.Groups["id"].Value;
        var marks = Mark.Matches(match.Groups["marks"].Value).Cast<Match>().Select(mark => mark.Groups["mark"].Value.Trim()).ToList();
        var what = match.Groups["text"].Value.Trim();
        var todo = new PlannedTodo(place, id)
        {
            Name = what.Length <= 1_000 ? what : Short(what),
            Status = match.Groups["done"].Value == " " ? "Todo" : "Done",
            Swarm = request.Swarm,
        };
        todo.Tags.AddRange(marks.Where(mark => mark != "P"));
        if (what.Length > 1_000)
            todo.AddContent(what);
        todo.Dependencies.AddRange(phases.Next(id, marks.Contains("P")));
        foreach (Match named in Named.Matches(what))
            todo.Dependencies.AddRange(Id.Matches(named.Groups["ids"].Value).Cast<Match>().Select(other => other.Value)
                .Where(other => other != id && !todo.Dependencies.Contains(other)).ToList());
        if (phases.Name is { } phase)
            todo.Keep("phase", JsonSlices.Quote(phase));
        return todo;
    }

    private static string Short(string text) => text.Length <= 80 ? text : text.Remove(79) + "…";
}
