using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.Model;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Changes, documents of others, archiving, restoring and removals in any order: whatever has left a todo, its history tells each entry
/// once. A failure prints its seed, which TASKLOCKING_SEED runs again; TASKLOCKING_RUNS sets how many sequences.
/// </summary>
public sealed class HistorySequenceTests
{
    private static readonly string[] Ids = ["A", "B", "C"];

    [Fact]
    public void Every_entry_is_told_once_whatever_comes()
    {
        var only = Surroundings.Setting("TASKLOCKING_SEED");
        var runs = only is null ? Surroundings.Setting("TASKLOCKING_RUNS") ?? 12 : 1;
        for (var run = 0; run < runs; run++)
        {
            var seed = only ?? Random.Shared.Next();
            using var sequence = new Sequence(seed);
            try
            {
                sequence.Run(40);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"TASKLOCKING_SEED={seed}: {sequence.Told}", fault);
            }
        }
    }

    [Fact]
    public void A_planted_fault_is_found()
    {
        using var sequence = new Sequence(7);
        sequence.Run(10);
        sequence.Plant();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(sequence.Look);
    }

    private sealed class Sequence(int seed) : IDisposable
    {
        private readonly DocumentScene _scene = new();
        private readonly Random _random = new(seed);
        private readonly Dictionary<string, List<string>> _expected = [];
        private readonly List<JsonObject> _kept = [];
        private readonly StringBuilder _told = new();
        private int _number;

        public string Told => _told.ToString();

        public void Dispose() => _scene.Dispose();

        public void Run(int acts)
        {
            foreach (var id in Ids)
                Begin(id);
            for (; acts > 0; acts--)
            {
                Act();
                Look();
            }
        }

        public void Look()
        {
            using var board = _scene.Open();
            foreach (var id in Ids)
            {
                if (!_expected.TryGetValue(id, out var expected))
                    continue;
                var told = board.GetHistory(id).Where(entry => entry.Field == "name").Select(entry => entry.NewValue!).ToList();
                Assert.Equal(expected.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
                // What we wrote is in the order of the commits.
                Assert.Equal(expected.Where(value => value[0] == 'n'), told.Where(value => value[0] == 'n'));
            }
        }

        // An entry in the archive is another, and nothing but what it says tells that.
        public void Plant()
        {
            _scene.Run(board =>
            {
                for (var left = 210; left > 0; left--)
                    Change(board, "A");
                board.Sync();
            });
            foreach (var path in Directory.GetFiles(Path.Combine(_scene.Place.Store, "archive"), "*.changes"))
            {
                if (HistoryLine.Read(File.ReadAllBytes(path), "A") is not { Count: > 1 } entries)
                    continue;
                entries[1] = new JsonMember("", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entries[1].Value).Replace(
                    "\"newValue\"", "\"oldValue\"", StringComparison.Ordinal)));
                File.WriteAllBytes(path, HistoryLine.Write("A", entries));
            }
        }

        private void Act()
        {
            var id = Ids[_random.Next(Ids.Length)];
            var act = _random.Next(10);
            _told.Append(act).Append(' ').Append(id).Append(", ");
            if (!_expected.ContainsKey(id))
                Begin(id);
            else if (act < 4)
                _scene.Run(board => Burst(board, id));
            else if (act == 4)
                Keep();
            else if (act is 5 or 6 && _kept.Count > 0)
                PutBack(_kept[_random.Next(_kept.Count)]);
            else if (act == 7)
                Foreign(id);
            else if (act == 8)
                Archive(id);
            else
                _scene.Run(board => board.Sync());
        }

        private void Begin(string id)
        {
            var entries = new JsonArray();
            _expected[id] = [];
            for (var left = _random.Next(150, 260); left > 0; left--)
                entries.Add(Entry(Next(id)));
            var line = new JsonObject { ["id"] = id, ["name"] = "a", ["status"] = "Todo", ["changes"] = entries }.ToJsonString();
            _scene.Run(board => Assert.Empty(board.Import(
                new ImportRequest([new ImportFile("a.jsonl", Encoding.UTF8.GetBytes(line + "\n"))])).Refusals));
        }

        private void Burst(TaskBoard board, string id)
        {
            for (var left = _random.Next(1, 70); left > 0; left--)
                Change(board, id);
        }

        private void Change(TaskBoard board, string id) =>
            Assert.Null(board.Edit([new TaskEdit(id) { Name = Next(id) }])[0].Refusal);

        private void Keep()
        {
            _scene.Run(board => board.Sync());
            _kept.Add(_scene.Load(keepsMark: _random.Next(2) == 0));
        }

        // As git stash, or a checkout.
        private void PutBack(JsonObject older)
        {
            _scene.Save(older);
            _scene.GoOn();
        }

        // A tool that adds an entry of its own and changes the todo, at times in a document that it loaded long ago.
        private void Foreign(string id)
        {
            _scene.Run(board => board.Sync());
            var root = _random.Next(2) == 0 || _kept.Count == 0 ? _scene.Load(_random.Next(2) == 0)
                : _kept[_random.Next(_kept.Count)].DeepClone().AsObject();
            if (DocumentScene.Todos(root).FirstOrDefault(todo => (string?)todo!["id"] == id) is not JsonObject todo)
                return;
            var value = "f" + _number++;
            todo["changes"]!.AsArray().Add(Entry(value));
            todo["lastModified"] = Time(TimeSpan.FromMinutes(1));
            _scene.Save(root);
            _scene.GoOn();
            _expected[id].Add(value);
        }

        private void Archive(string id)
        {
            _scene.Run(board => Assert.Null(board.Edit([new TaskEdit(id) { Status = AgentTaskStatus.Done }])[0].Refusal));
            _scene.Run(board => Assert.Contains(id, board.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero }).Archived));
            Look();
            _scene.Run(board => Assert.True(board.RestoreTasks([id])[0].Changed));
            _scene.Run(board => Assert.Null(board.Edit([new TaskEdit(id) { Status = AgentTaskStatus.Todo }])[0].Refusal));
        }

        private string Next(string id)
        {
            var value = "n" + _number++;
            _expected[id].Add(value);
            return value;
        }

        private static JsonObject Entry(string value) => new()
        {
            ["field"] = "name",
            ["oldValue"] = null,
            ["newValue"] = value,
            ["timestamp"] = Time(default),
            ["by"] = "x",
        };

        private static string Time(TimeSpan ahead) => (DateTimeOffset.UtcNow + ahead).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
