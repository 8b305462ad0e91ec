using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Holds what the workers were answered against the folders that are there: each number once, none left out, none answered twice, each
/// answered folder there, each folder answered, and later ones higher than those that were answered before they were asked for.
/// </summary>
internal static class TopicProof
{
    /// <summary>The answers in the workers' logs; the number is 0 for a refusal.</summary>
    public static IReadOnlyList<TopicAnswer> Read(string logs) =>
        Directory.GetFiles(logs, "*.log").OrderBy(path => path, StringComparer.Ordinal).SelectMany(path =>
        File.ReadLines(path).Select(line => line.Split('\t')).Where(fields => fields.Length == 4).Select(fields => new TopicAnswer(
            int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            fields[1],
            long.Parse(fields[2], CultureInfo.InvariantCulture),
            long.Parse(fields[3], CultureInfo.InvariantCulture)))).ToList();

    public static IReadOnlyList<Violation> Check(string folder, string root, IReadOnlyList<TopicAnswer> answers)
    {
        var found = new List<Violation>();
        void Tell(ViolationKind kind, string text) => found.Add(new Violation(kind, root, text, []));
        var made = answers.Where(answer => answer.Number > 0).ToList();
        foreach (var refused in answers.Where(answer => answer.Number == 0).GroupBy(answer => answer.Folder, StringComparer.Ordinal))
            Tell(ViolationKind.Unexpected, $"{refused.Count()} topics were refused with {refused.Key}.");
        foreach (var twice in made.GroupBy(answer => answer.Number).Where(group => group.Count() > 1))
            Tell(ViolationKind.Collision,
                $"Number {twice.Key} was answered {twice.Count()} times: {string.Join(", ", twice.Select(answer => answer.Folder))}.");
        var there = new HashSet<string>(Directory.Exists(root) ? Directory.GetDirectories(root).Select(path => Path.GetFileName(path)!)
            : [], StringComparer.Ordinal);
        foreach (var missing in made.Where(answer => !there.Contains(answer.Folder)))
            Tell(ViolationKind.Lost, $"Topic {missing.Folder} was answered and is not there.");
        there.ExceptWith(made.Select(answer => answer.Folder));
        foreach (var extra in there)
            Tell(ViolationKind.Doubled, $"Topic {extra} is there and was answered to nobody.");
        foreach (var issue in TopicStore.Open(folder, root).Check().Issues.Where(issue => issue.IsError || issue.Kind == "gap"))
            Tell(ViolationKind.Collision, issue.Message);
        if (made.Count > 0 && made.Max(answer => answer.Number) != made.Select(answer => answer.Number).Distinct().Count())
            Tell(ViolationKind.Collision,
                $"The highest number is {made.Max(answer => answer.Number)}, and " +
                    $"{made.Select(answer => answer.Number).Distinct().Count()} numbers were given: there is a gap.");
        found.AddRange(OutOfOrder(root, made));
        return found;
    }

    private static IEnumerable<Violation> OutOfOrder(string root, List<TopicAnswer> made)
    {
        var ends = made.OrderBy(answer => answer.End).ToList();
        var next = 0;
        TopicAnswer? highest = null;
        foreach (var answer in made.OrderBy(answer => answer.Start))
        {
            for (; next < ends.Count && ends[next].End < answer.Start; next++)
                highest = highest is null || ends[next].Number > highest.Number ? ends[next] : highest;
            if (highest is not null && highest.Number >= answer.Number)
                yield return new Violation(ViolationKind.NotLinearizable, root,
                    $"Topic {answer.Folder} was asked for after {highest.Folder} was answered, and has no higher number.", []);
        }
    }
}
