using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Rules;

/// <summary>
/// What rules decide comes into the journal by the same bytes as ever: older programs read it, and the lines that are kept here were
/// written before rules recorded changes instead of bytes. A line of <c>GoldenLines.txt</c> is seed, verb and what the journal gets;
/// <c>GoldenSums.txt</c> has one checksum over all lines of a seed.
/// </summary>
public sealed class GoldenLineTests
{
    private const int Acts = 80;
    private const int ShownSeeds = 15;
    private const int ShownOfVerb = 2;
    private const int Seeds = 300;

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TaskLocking.Engine.Tests", "Rules");

    [Fact]
    public void Every_rule_writes_the_lines_that_it_always_wrote()
    {
        var lines = Enumerable.Range(1, ShownSeeds).SelectMany(Shown).ToList();
        Assert.Empty(RuleScene.Verbs.Except(lines.Select(line => line.Split('\t')[1])));
        Assert.Equal(Kept("GoldenLines.txt", lines), lines);
    }

    [Fact]
    public void So_do_the_rules_that_came_later()
    {
        var lines = Enumerable.Range(1, ShownSeeds).SelectMany(ShownLater).ToList();
        Assert.Empty(RuleScene.LaterVerbs.Except(lines.Select(line => line.Split('\t')[1])));
        Assert.Equal(Kept("LaterGoldenLines.txt", lines), lines);
    }

    [Fact]
    public void So_it_is_on_many_boards()
    {
        var sums = Enumerable.Range(1, Seeds).Select(seed => $"{seed}\t{Sum(seed)}").ToList();
        Assert.Equal(Kept("GoldenSums.txt", sums), sums);
    }

    private static IEnumerable<string> Shown(int seed) =>
        Run(seed).GroupBy(act => act.Verb).SelectMany(verb => verb.Take(ShownOfVerb))
            .Select(act => $"{seed}\t{act.Verb}\t{Encoding.UTF8.GetString(act.Line).TrimEnd('\n')}");

    // On the boards that the others leave behind.
    private static IEnumerable<string> ShownLater(int seed)
    {
        var scene = new RuleScene(seed);
        for (var act = 0; act < Acts; act++)
        {
            if (scene.Decide(scene.Verb()) is { } decided)
                scene.Apply(decided.Line);
        }
        return RuleScene.LaterVerbs.Select(verb => (Verb: verb, Decided: scene.Decide(verb))).Where(act => act.Decided is not null)
            .Select(act => $"{seed}\t{act.Verb}\t{Encoding.UTF8.GetString(act.Decided!.Value.Line.ToArray()).TrimEnd('\n')}").ToList();
    }

    private static string Sum(int seed) =>
        Run(seed).Aggregate(0u, (sum, act) => Crc32C.Append(sum, act.Line)).ToString("x8", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Verb, byte[] Line)> Run(int seed)
    {
        var scene = new RuleScene(seed);
        for (var act = 0; act < Acts; act++)
        {
            var verb = scene.Verb();
            if (scene.Decide(verb) is not { } decided)
                continue;
            yield return (verb, decided.Line.ToArray());
            scene.Apply(decided.Line);
        }
    }

    // Only what is to be written anew on purpose is.
    private static string[] Kept(string file, IEnumerable<string> now)
    {
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("TASKLOCKING_RECORD") == "1")
            File.WriteAllLines(path, now);
        return File.ReadAllLines(path);
    }
}
