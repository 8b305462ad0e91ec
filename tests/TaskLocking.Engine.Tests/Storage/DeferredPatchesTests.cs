using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// What a state puts off until somebody asks for a todo must not be seen: it shows what one shows that is asked for everything after every
/// line of the journal. And nothing is put off for ever.
/// </summary>
public sealed class DeferredPatchesTests
{
    private const int LeastRound = 4 << 20;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_state_that_is_seldom_asked_shows_what_one_shows_that_is_always_asked(int seed)
    {
        var random = new Random(seed);
        var (seldom, always) = (new BoardState(), new BoardState());
        var known = new List<(StateSnapshot Snapshot, List<string> Shown)>();
        var ids = new List<string>();
        for (var version = 1; version <= 400; version++)
        {
            var line = Line(version, RandomOperations(random, ids, version));
            seldom.Apply(line);
            always.Apply(line);
            _ = always.Entries;
            switch (random.Next(20))
            {
                case 0:
                    known.Add((seldom.Snapshot(), Shown(always.Entries)));
                    break;
                case 1:
                    seldom = seldom.Clone();
                    break;
                case 2 or 3:
                    seldom.Tidy();
                    break;
                case < 8 when ids.Count > 0:
                    var id = ids[random.Next(ids.Count)];
                    Assert.Equal(Shown([always.FindEntry(id)!]), Shown([seldom.FindEntry(id)!]));
                    break;
            }
        }

        Assert.Equal(Shown(always.Entries), Shown(seldom.Entries));
        Assert.Equal((always.Version, always.Size, always.Count), (seldom.Version, seldom.Size, seldom.Count));
        Assert.All(known, one => Assert.Equal(one.Shown, Shown(one.Snapshot.Entries)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_comes_during_a_round_survives_the_end_of_the_round_before(int seed)
    {
        var random = new Random(seed);
        string[] ids = [.. Enumerable.Range(0, 2000).Select(number => $"T-{number}")];
        var (seldom, always) = (new BoardState(), new BoardState());
        var defined = Line(1, [.. ids.Select(New)]);
        seldom.Apply(defined);
        always.Apply(defined);

        var come = 0;
        for (var version = 2L; come < 5 * LeastRound; version++)
        {
            var value = new string((char)('a' + version % 26), random.Next(600));
            var line = Line(version, [Patch(ids[random.Next(ids.Length)], value)]);
            come += line.Length;
            seldom.Apply(line);
            always.Apply(line);
            _ = always.Entries;
            seldom.Tidy();
        }

        Assert.Equal(Shown(always.Entries), Shown(seldom.Entries));
    }

    [Fact]
    public void A_version_that_was_found_stays_the_newest_until_its_own_todo_changes()
    {
        var state = new BoardState();
        state.Apply(Line(1, [New("A"), New("B")]));
        state.Apply(Line(2, [Patch("A", "2")]));
        var (a, b) = (state.FindEntry("A"), state.FindEntry("B"));

        state.Apply(Line(3, [Patch("B", "3")]));

        Assert.Same(a, state.FindEntry("A"));
        Assert.NotSame(b, state.FindEntry("B"));
        Assert.Equal((2L, 3L), (state.FindEntry("A")!.Version, state.FindEntry("B")!.Version));
    }

    [Fact]
    public void Nothing_is_put_off_for_more_than_two_rounds_where_others_are_busy()
    {
        var state = new BoardState();
        state.Apply(Line(1, [New("quiet"), New("busy 1"), New("busy 2")]));
        state.Apply(Line(2, [Patch("quiet", new string('q', 1000))]));
        var before = state.FindEntry("quiet")!.Size;

        // Each of the busy ones is asked for all the time, so that it never has much here by itself.
        var value = new string('b', 20_000);
        for (var version = 3L; (version - 3) * value.Length < 2 * LeastRound; version++)
        {
            state.Apply(Line(version, [Patch("busy " + (1 + version % 2), value)]));
            _ = state.FindEntry("busy 1");
            _ = state.FindEntry("busy 2");
            state.Tidy();
        }

        Assert.InRange(state.FindEntry("quiet")!.Size, before + 1000, before + 5000);
    }

    [Fact]
    public void Every_round_goes_on_in_the_memory_of_the_one_before_the_last()
    {
        const int Todos = 100;
        var patches = new DeferredPatches();
        var patch = Encoding.UTF8.GetBytes(Patch("T", new string('x', 1000)));
        TodoEntry[] entries = [.. Enumerable.Range(0, Todos).Select(number => new TodoEntry($"T-{number}", Encoding.UTF8.GetBytes("{}")))];
        var (round, looked) = (0, 0);
        long taken = 0, added = 0;
        for (var version = 1L; round < 8; version++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            patches.Add((int)(version * 7 % Todos), patch, version);
            if (round >= 3)
                (taken, added) = (taken + GC.GetAllocatedBytesForCurrentThread() - before, added + patch.Length);
            for (; looked < patches.Due(Todos, 0); looked++)
                _ = patches.Has(looked) ? patches.TakeInto(entries[looked], looked) : null;
            if (looked < Todos)
                continue;
            patches.EndRound();
            (round, looked) = (round + 1, 0);
        }

        Assert.InRange(added, 4 * LeastRound, long.MaxValue);
        Assert.InRange(taken, 0, LeastRound / 10);
    }

    [Fact]
    public void Much_for_one_todo_is_put_into_its_bytes_at_the_next_quiet_moment()
    {
        var state = new BoardState();
        state.Apply(Line(1, [New("A"), New("B")]));
        for (var version = 2; version < 100; version++)
            state.Apply(Line(version, [Patch(version % 10 == 0 ? "B" : "A", new string('x', 1000))]));

        state.Tidy();

        Assert.InRange(state.FindEntry("A")!.Size, 80_000, 120_000);
        Assert.InRange(state.FindEntry("B")!.Size, 0, 1000); // Of that one there is not yet enough.
    }

    private static List<string> Shown(IEnumerable<TodoEntry> entries) =>
        [.. entries.Select(entry => $"{entry.Place > 0} {entry.Version} {entry.Task.Version} {entry.Task.Name} {entry.ToJson()}")];

    // Mostly one patch, as commits are; else several, new todos, rewritten and removed ones. Now and then one that is longer than a block.
    private static List<string> RandomOperations(Random random, List<string> ids, int version)
    {
        var operations = new List<string>();
        for (var left = random.Next(5) == 0 ? random.Next(1, 5) : 1; left > 0; left--)
        {
            var id = ids.Count == 0 ? "" : ids[random.Next(ids.Count)];
            var kind = ids.Count < 3 ? 0 : random.Next(40);
            switch (kind)
            {
                case 0:
                    ids.Add($"T-{version}-{left}é\"");
                    operations.Add(New(ids[^1]));
                    break;
                case 1:
                    ids.Remove(id);
                    operations.Add($"{{\"id\":{JsonSlices.Quote(id)},\"gone\":true}}");
                    break;
                case 2:
                    var raw = $"{{\"id\":{JsonSlices.Quote(id)},\"name\":\"raw {version}\"}}";
                    operations.Add($"{{\"id\":{JsonSlices.Quote(id)},\"raw\":{JsonSlices.Quote(raw)}}}");
                    break;
                default:
                    operations.Add(Patch(id, new string('v', kind < 12 ? random.Next(120_000) : random.Next(300))));
                    break;
            }
        }
        return operations;
    }

    private static string New(string id) =>
        $"{{\"id\":{JsonSlices.Quote(id)},\"new\":{{\"id\":{JsonSlices.Quote(id)},\"name\":\"new\",\"status\":\"Todo\"}}}}";

    private static string Patch(string id, string value) =>
        $"{{\"id\":{JsonSlices.Quote(id)},\"set\":{{\"name\":\"{value.Length}\"}},\"own\":{{\"agent\":\"a " +
            $"{value.Length}\"}},\"log\":[{{\"field\":\"name\",\"newValue\":\"{value}\"}}]}}";

    private static byte[] Line(long version, List<string> operations)
    {
        var line = JournalLine.Of(version, Encoding.UTF8.GetBytes(string.Join(',', operations)),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "tester", operations.Count == 1);
        JournalLine.Seal(line, 0);
        return line.ToArray();
    }
}
