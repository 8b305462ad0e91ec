using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TaskLocking.FileStore;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Random flipped bits, one or two, in document, backup, journals and stamp, below a store that is opened then or is open already.
/// TASKLOCKING_FLIPS says how many times, TASKLOCKING_SEED which.
/// </summary>
/// <remarks>
/// What has to be seen is one of three.
/// Refused: StateCorrupt, with a damaged file in the refusal, its name and place in the sentence, and every file as the flip left it.
/// Recovered: every acknowledged task, agent and lease is there to the byte, nothing removed is back, and the store goes on.
/// Adopted: only where the document's time tells that somebody wrote to it (or the stamp that knew its time is damaged too), and it still
/// is JSON. Then the flip cannot be told from an edit by hand (a "P1" made "P0" is one bit), and counts as one: what the document says of
/// the todo, or the acknowledged one. Where that displaces a change of ours that the document had not shown yet, or a todo, ours is kept
/// aside. What we removed stays away, unless the backup, which knows of it, is damaged too, or the document's mark no longer names this
/// store. Claims, agents and leases stay ours.
/// </remarks>
public sealed partial class FlipTests(ITestOutputHelper output)
{
    private const int MostFaults = 20;
    private static readonly int Rounds = Surroundings.Setting("TASKLOCKING_FLIPS") ?? 400;
    private static readonly int Seed = Surroundings.Setting("TASKLOCKING_SEED") ?? Environment.TickCount;

    [Fact]
    public void A_flipped_bit_ends_in_recovery_or_in_a_refusal_that_names_the_place()
    {
        output.WriteLine($"seed {Seed}, {Rounds} rounds");
        using var scene = new FlipScene();
        var faults = new List<string>();
        var seen = new Dictionary<string, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(unchecked(Seed + round));
            var moment = random.Next(scene.Moments);
            var files = scene.Restore(moment);
            var flips = Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => Choose(scene, files, random)).ToList();
            var (isLiving, keepsTime) = (random.Next(2) == 0, random.Next(2) == 0);
            try
            {
                var outcome = Run(scene, files, flips, isLiving, keepsTime);
                seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception exception)
            {
                faults.Add($"TASKLOCKING_SEED={Seed + round} TASKLOCKING_FLIPS=1: moment {moment}, {string.Join(", ", flips)}, living " +
                    $"{isLiving}, keeps its time {keepsTime}: {exception}");
            }
            if (faults.Count >= MostFaults)
                break;
        }
        output.WriteLine(string.Join(", ", seen));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        if (Rounds >= 100)
            Assert.Equal(["adopted", "recovered", "refused"], seen.Keys.Order(StringComparer.Ordinal));
    }

    private static Flip Choose(FlipScene scene, StoreFiles files, Random random)
    {
        var file = random.Next(10) switch
        {
            < 4 => FlipScene.Document,
            < 7 => scene.Journals[1],
            7 => scene.Journals[0],
            8 => FlipScene.Backup,
            _ => FlipScene.Published,
        };
        return new Flip(file, random.Next(files[file].Length), random.Next(8));
    }

    private static string Run(FlipScene scene, StoreFiles files, IReadOnlyList<Flip> flips, bool isLiving, bool keepsTime)
    {
        using var living = scene.Place.Open(oneShot: true);
        if (isLiving)
            Assert.Equal(scene.Truth.Records, FlipState.Of(living).Records);
        var damaged = Apply(scene, files, flips, keepsTime);
        try
        {
            _ = FlipState.Of(living);
            Assert.Null(living.Define([new TaskDefinition("X")])[0].Refusal);
        }
        catch (TaskLockingException exception)
        {
            AssertRefused(scene, damaged, flips, exception);
            return "refused";
        }
        // Whoever had the journal open already reads no header again; the next one does.
        FlipState state;
        try
        {
            using var again = scene.Place.Open(oneShot: true);
            state = FlipState.Of(again);
        }
        catch (TaskLockingException exception)
        {
            Assert.True(isLiving);
            AssertRefused(scene, damaged, flips, exception);
            return "refused";
        }
        Assert.True(state.Tasks.ContainsKey("X"));
        Assert.Equal(scene.Truth.Records, state.Records);
        var isKnownByTime = keepsTime && !flips.Any(flip => flip.File == FlipScene.Published);
        if (isKnownByTime || !flips.Any(flip => flip.File == FlipScene.Document) || Parse(damaged) is not { } theirs)
        {
            Assert.Equal(scene.Truth.Tasks.Keys.Append("X").Order(StringComparer.Ordinal), state.Tasks.Keys.Order(StringComparer.Ordinal));
            Assert.All(scene.Truth.Tasks, task => Assert.Equal(task.Value, state.Tasks[task.Key]));
            return "recovered";
        }
        AssertAdopted(scene, TodoDocument.Parse(files[FlipScene.Document]), theirs, state,
            knowsRemoved: !flips.Any(flip => flip.File == FlipScene.Backup)
                && theirs.Mark?.Epoch == TodoDocument.Parse(files[FlipScene.Document]).Mark!.Epoch);
        return "adopted";
    }

    private static StoreFiles Apply(FlipScene scene, StoreFiles files, IReadOnlyList<Flip> flips, bool keepsTime)
    {
        foreach (var flip in flips)
        {
            var bytes = (byte[])files[flip.File].Clone();
            bytes[flip.At] ^= (byte)(1 << flip.Bit);
            files = files.With(flip.File, bytes);
            var path = scene.Place.In(".todo2", flip.File);
            var time = File.GetLastWriteTimeUtc(path);
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                stream.Write(bytes);
            File.SetLastWriteTimeUtc(path, keepsTime ? time : time.AddSeconds(1));
        }
        return files;
    }

    private static void AssertRefused(FlipScene scene, StoreFiles damaged, IReadOnlyList<Flip> flips, TaskLockingException exception)
    {
        Assert.Equal(RefusalCode.StateCorrupt, exception.Refusal.Code);
        var named = Assert.Single(flips.Select(flip => flip.File).Distinct(),
            file => scene.Place.In(".todo2", file) == exception.Refusal.Path);
        Assert.Contains(exception.Refusal.Path!, exception.Message, StringComparison.Ordinal);
        var place = int.Parse(Place().Match(exception.Message).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Contains(flips, flip => flip.File == named && flip.At >= place);
        foreach (var name in scene.Journals.Append(FlipScene.Document).Append(FlipScene.Backup))
        {
            var bytes = File.ReadAllBytes(scene.Place.In(".todo2", name));
            Assert.True(bytes.AsSpan().StartsWith(damaged[name]) || (name == FlipScene.Document && TodoDocument.Parse(bytes).IsWhole),
                name);
        }
    }

    private static void AssertAdopted(FlipScene scene, TodoDocument shown, TodoDocument theirs, FlipState state, bool knowsRemoved)
    {
        var before = Todos(shown);
        var written = Todos(theirs);
        var kept = Directory.Exists(scene.Place.In(".todo2", "aside"))
            ? Directory.GetFiles(scene.Place.In(".todo2", "aside"), "*.json")
                .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray()).Select(node => node!.ToJsonString()).ToList()
            : [];
        foreach (var (id, ours) in scene.Truth.Tasks)
        {
            if (state.Tasks.TryGetValue(id, out var now) && now == ours)
                continue;
            written.TryGetValue(id, out var wrote);
            Assert.True(now is null ? wrote is null : wrote is not null && (Same(now, wrote) || Same(now, Union(ours, wrote))),
                $"{id} is neither ours nor theirs: {now}");
            var isKnown = before.TryGetValue(id, out var known) && Same(known, ours);
            if (now is null || (!isKnown && !HasAllOf(now, ours)))
                Assert.True(kept.Exists(text => Same(text, ours)), $"{id} is displaced and not kept aside: {ours} is now {now}");
            if (now is not null)
                Assert.Equal(Claim(ours), Claim(now));
        }
        foreach (var id in state.Tasks.Keys.Where(id => id != "X" && !scene.Truth.Tasks.ContainsKey(id)))
            Assert.True(!knowsRemoved || !before.TryGetValue(id, out var known) || !Same(known, written[id]),
                $"{id} is back: {written[id]}");
    }

    private static Dictionary<string, string> Todos(TodoDocument document) =>
        document.Entries.Where(entry => entry.IsAddressable).ToDictionary(entry => entry.Id, entry => entry.ToJson());

    private static TodoDocument? Parse(StoreFiles files)
    {
        try
        {
            return TodoDocument.Parse(files[FlipScene.Document]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Same(string left, string right) =>
        JsonSame.As(System.Text.Encoding.UTF8.GetBytes(left), System.Text.Encoding.UTF8.GetBytes(right));

    // Where the mark is hurt, too, nobody can tell what they started from: what they lack stays.
    private static string Union(string ours, string theirs) =>
        System.Text.Encoding.UTF8.GetString(new TodoUnion(System.Text.Encoding.UTF8.GetBytes(ours),
            System.Text.Encoding.UTF8.GetBytes(theirs), null, isSure: false).Merge().Span);

    private static bool HasAllOf(string todo, string other)
    {
        var (there, ours) = (JsonNode.Parse(todo)!.AsObject(), JsonNode.Parse(other)!.AsObject());
        // Whoever takes something over makes a commit, which has a version and a time of its own.
        foreach (var each in new[] { there, ours })
        {
            each.Remove("lastModified");
            each["taskLocking"]?.AsObject().Remove("version");
        }
        return ours.All(member => member.Value is JsonArray list && there[member.Key] is JsonArray now
            ? list.All(each => now.Any(one => JsonNode.DeepEquals(each, one)))
            : JsonNode.DeepEquals(member.Value, there[member.Key]));
    }

    private static string? Claim(string todo) => JsonNode.Parse(todo)!["taskLocking"]?["claim"]?.ToJsonString();

    [GeneratedRegex(@"at byte (\d+)")]
    private static partial Regex Place();
}
