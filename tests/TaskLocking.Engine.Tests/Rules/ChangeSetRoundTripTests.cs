using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Rules;

/// <summary>
/// What a rule was told that its changes make is what a store makes of them: the line of the journal, read over the state before, gives the
/// very tasks, records and bytes. Over every rule, on random boards. A failure tells the seed, which <c>TASKLOCKING_SEED</c> takes;
/// <c>TASKLOCKING_RUNS</c> sets how many boards.
/// </summary>
public sealed class ChangeSetRoundTripTests
{
    private const int Acts = 60;

    [Fact]
    public void A_change_that_is_written_and_read_again_is_what_the_rule_decided()
    {
        var only = Surroundings.Setting("TASKLOCKING_SEED");
        var first = only ?? Random.Shared.Next();
        var runs = only is null ? Surroundings.Setting("TASKLOCKING_RUNS") ?? 40 : 1;
        var seen = new HashSet<string>();
        var verbs = RuleScene.Verbs.Concat(RuleScene.LaterVerbs).ToList();
        // Rules that never changed anything would prove nothing: it goes on until each has.
        for (var run = 0; run < runs || (only is null && run < 20 * runs && verbs.Except(seen).Any()); run++)
        {
            try
            {
                Run(unchecked(first + run), seen);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"TASKLOCKING_SEED={unchecked(first + run)}", exception);
            }
        }
        if (only is null)
            Assert.Empty(verbs.Except(seen));
    }

    private static void Run(int seed, HashSet<string> seen)
    {
        var scene = new RuleScene(seed, isFine: true);
        for (var act = 0; act < Acts; act++)
        {
            var verb = act % 10 == 9 ? RuleScene.LaterVerbs[act / 10 % RuleScene.LaterVerbs.Count] : scene.Verb();
            if (scene.Decide(verb) is not { } decided)
                continue;
            seen.Add(verb);
            var expected = Picture(decided.Draft, scene.State);
            var read = scene.State.Clone();
            read.Apply(decided.Line.ToArray());
            Assert.Equal(Picture(read, read), expected);
            // Who decided it need not read it.
            decided.Attempt.ApplyTo(scene.State, decided.Line);
            Assert.Equal(Picture(scene.State, scene.State), expected);
            Assert.Equal((read.LastModified, read.NextTaskNumber), (scene.State.LastModified, scene.State.NextTaskNumber));
        }
    }

    private static List<string> Picture(ITaskState state, BoardState board) =>
    [
        .. state.Tasks.Select(task => TaskPicture.Of(task)),
        .. state.Tasks.Where(task => !ReferenceEquals(state.Find(task.Id), task)).Select(task => task.Id + " is found as another"),
        .. state.Agents.Select(TaskPicture.Of),
        .. state.FileLeases.Select(TaskPicture.Of),
        state.Version.ToString(CultureInfo.InvariantCulture),
        state.Count.ToString(CultureInfo.InvariantCulture),
        .. board.Entries.Where(entry => !entry.IsAddressable).Select(entry => entry.ToJson()),
    ];
}
