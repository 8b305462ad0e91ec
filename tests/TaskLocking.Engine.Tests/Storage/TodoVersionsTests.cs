using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Versions of a todo share their patches, and each stays what it was: whatever was added since, beside it or behind it, and in whatever
/// order they are asked. The history that a version shows tells which patches are in it.
/// </summary>
public sealed class TodoVersionsTests
{
    // Some of one kind alone, so that a field is last set far back; long enough that the patches stand in several arrays.
    private const int Changes = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_shows_its_own_changes_in_any_order_of_asking(int seed)
    {
        var versions = new List<TodoEntry> { Todo() };
        for (var change = 1; change <= Changes; change++)
            versions.Add(With(versions[^1], change, change));

        foreach (var at in Shuffled(versions.Count, seed))
            AssertShows(versions[at], Enumerable.Range(1, at));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(Changes)]
    public void What_may_come_to_be_leaves_the_version_and_what_follows_it_as_they_are(int from)
    {
        var version = Todo();
        for (var change = 1; change <= from; change++)
            version = With(version, change, change);

        var sketch = version.Beside(Patch(1001), 1001);
        var next = With(version, from + 1, from + 1);
        var furtherSketch = sketch.Beside(Patch(1002), 1002);
        var other = With(version, 2001, 2001); // Its place behind the version is taken.

        int[] before = [.. Enumerable.Range(1, from)];
        AssertShows(furtherSketch, [.. before, 1001, 1002]);
        AssertShows(next, [.. before, from + 1]);
        AssertShows(other, [.. before, 2001]);
        AssertShows(sketch, [.. before, 1001]);
        AssertShows(version, before);
        AssertShows(With(other, 2002, 2002), [.. before, 2001, 2002]);
    }

    [Fact]
    public void Changes_go_on_from_a_version_whose_patches_are_in_its_bytes()
    {
        var version = Todo();
        var all = new List<int>();
        for (var change = 1; change <= Changes; change++)
        {
            version = With(version, change, change);
            all.Add(change);
            if (change % 37 == 0)
                AssertShows(version, all);
        }
        AssertShows(version, all);
    }

    [Fact]
    public void A_version_is_long_when_its_patches_are_many_times_its_bytes_and_not_once_they_are_in_them()
    {
        var version = Todo();
        var change = 0;
        for (; !version.IsLong; change++)
        {
            Assert.InRange(change, 0, 10_000);
            version = With(version, change, change);
        }
        Assert.InRange(change, 64, 10_000);

        _ = version.Json;

        Assert.False(version.IsLong);
        Assert.False(With(version, 0, change).IsLong);
    }

    // What is known of the patches saves looking into most of them; it must not be seen in the bytes.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_bytes_are_the_same_whether_or_not_the_patches_are_known(int seed)
    {
        var random = new Random(seed);
        var (known, unknown) = (Todo(), Todo());
        for (var change = 1; change <= 40; change++)
        {
            var patch = RandomPatch(random, change);
            known = known.With(patch, change, random.Next(5) == 0 ? PatchShape.Unknown : TodoParser.ShapeOf(patch));
            unknown = unknown.With(patch, change, PatchShape.Unknown);
            if (random.Next(30) == 0)
                Assert.Equal(unknown.ToJson(), known.ToJson());
        }
        Assert.Equal(unknown.ToJson(), known.ToJson());
        Assert.Equal(unknown.Task.Facts, known.Task.Facts);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    private static TodoEntry Todo() => new("T", Encoding.UTF8.GetBytes(
        """{"id":"T","name":"name 0","status":"Todo","content":"content 0","priority":"low"}"""));

    private static TodoEntry With(TodoEntry version, int change, long number) =>
        version.With(Patch(change), number, TodoParser.ShapeOf(Patch(change)));

    // Every change sets the name; every 50th the content as well, which nothing between sets.
    private static byte[] Patch(int change)
    {
        var content = change % 50 == 0 ? $",\"content\":\"content {change}\"" : "";
        return Encoding.UTF8.GetBytes(
            $$"""{"id":"T","set":{"name":"name {{change}}"{{content}}},"log":[{"field":"name","newValue":"{{change}}"}]}""");
    }

    // In any order, with names that a task does not know, an escape, something taken away, and now and then no history or nothing else.
    private static byte[] RandomPatch(Random random, int change)
    {
        string[] set = ["name", "status", "x_other", "cont\\u0065nt", "completedAt"];
        string[] own = ["agent", "swarm", "x_own"];
        var members = new List<string> { "\"id\":\"T\"", $"\"set\":{Some(set)}" };
        if (random.Next(3) > 0)
            members.Add($"\"own\":{Some(own)}");
        if (random.Next(4) > 0)
        {
            var entry = $"{{\"field\":\"[}}\\\"\",\"newValue\":\"{change}\"}}";
            members.Add($"\"log\":[{string.Join(',', Enumerable.Repeat(entry, random.Next(3)))}]");
        }
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");

        string Some(string[] names)
        {
            random.Shuffle(names);
            var some = names.Take(random.Next(names.Length))
                .Select(name => $"\"{name}\":{(random.Next(6) == 0 ? "null" : $"\"{change}\"")}");
            return $"{{{string.Join(',', some)}}}";
        }
    }

    private static void AssertShows(TodoEntry version, IEnumerable<int> changes)
    {
        var all = changes.ToArray();
        var name = "name " + (all.Length == 0 ? 0 : all[^1]).ToString(CultureInfo.InvariantCulture);
        var content = "content " + all.LastOrDefault(change => change % 50 == 0).ToString(CultureInfo.InvariantCulture);

        Assert.Equal((name, content, TaskLocking.TaskPriority.Low), (version.Task.Name, version.Task.Content, version.Task.Priority));
        Assert.Equal(all.Length == 0 ? null : all[^1], version.Version);
        using var json = JsonDocument.Parse(version.Json);
        Assert.Equal((name, content),
            (json.RootElement.GetProperty("name").GetString(), json.RootElement.GetProperty("content").GetString()));
        var history = json.RootElement.TryGetProperty("changes", out var told) ? told.EnumerateArray()
            .Select(entry => int.Parse(entry.GetProperty("newValue").GetString()!, CultureInfo.InvariantCulture)) : [];
        Assert.Equal(all, history);
    }

    private static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }
}
