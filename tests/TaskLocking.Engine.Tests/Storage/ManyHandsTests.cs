using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Processes that live and processes that come for one command, readers, scripts that rewrite the document without our lock, a document
/// that is torn or removed, flushes that fail, a folder that a copy takes the place of: in a random order, each with tasks of his own.
/// Nothing that anybody wrote may be missing from what anybody then reads. TASKLOCKING_HANDS says how many rounds, TASKLOCKING_SEED which.
/// </summary>
public sealed class ManyHandsTests
{
    private const int Steps = 40;
    private static readonly int Rounds = Surroundings.Setting("TASKLOCKING_HANDS") ?? 150;
    private static readonly int Seed = Surroundings.Setting("TASKLOCKING_SEED") ?? Environment.TickCount;

    [Fact]
    public void Nothing_is_lost_between_commits_rewrites_readers_and_ends()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var seed = unchecked(Seed + round);
            using var scene = new Scene(new Random(seed));
            try
            {
                for (var step = 0; step < Steps; step++)
                    scene.Step();
                scene.AssertAll();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"TASKLOCKING_SEED={seed} TASKLOCKING_HANDS=1: {string.Join(", ", scene.Steps)}: {exception.Message}", exception);
            }
        }
    }

    private sealed class Scene : IDisposable
    {
        private readonly TempWorkspace _place = new(inMemory: true);
        private readonly TickingClock _clock = new();
        private readonly StorePaths _paths;
        private readonly Random _random;
        private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
        private readonly TaskBoard?[] _living = new TaskBoard?[3];
        private readonly FileTaskStore?[] _stores = new FileTaskStore?[3];
        private JsonObject? _loaded;
        private bool _isAdopted = true; // what others wrote into the document
        private int _count;

        public Scene(Random random)
        {
            _random = random;
            _paths = new StorePaths(_place.Path);
            using var board = Once();
            foreach (var id in new[] { "theirs", "ours 0", "ours 1", "ours 2", "ours 3" })
            {
                _written[id] = "first";
                board.Define([new TaskDefinition(id) { Content = "first" }]);
            }
        }

        public List<string> Steps { get; } = [];

        public void Step()
        {
            var hand = _random.Next(_living.Length);
            switch (_random.Next(16))
            {
                case 0 or 1 or 2:
                    Steps.Add($"edit {hand}");
                    Edit(Living(hand), $"ours {hand}");
                    break;
                case 3:
                    Steps.Add("edit once");
                    using (var once = Once())
                        Edit(once, "ours 3");
                    break;
                case 4:
                    Steps.Add("edit once, unpublished");
                    using (ExclusiveLock.Acquire(_paths.PublishLock))
                    using (var once = Once())
                        Edit(once, "ours 3");
                    break;
                case 5:
                    Steps.Add($"define {hand}");
                    var id = $"new {_count++}";
                    Living(hand).Define([new TaskDefinition(id) { Content = "first" }]);
                    _written[id] = "first";
                    break;
                case 6:
                    Steps.Add($"read {hand}");
                    AssertSeen(Living(hand));
                    break;
                case 7:
                    Steps.Add($"end {hand}");
                    _living[hand]?.Dispose();
                    _living[hand] = null;
                    break;
                case 8:
                    Steps.Add("load");
                    Mend();
                    // Without the mark nobody could tell how old it is by then.
                    _loaded = Load() is { } whole && whole.ContainsKey("taskLocking") ? whole : null;
                    break;
                case 9 when _loaded is not null:
                    Steps.Add("save what was loaded");
                    using (ExclusiveLock.Acquire(_paths.PublishLock))
                        Save(_loaded);
                    _loaded = null;
                    break;
                case 10:
                    Mend();
                    // Who takes the mark off what is old hides that from us.
                    var keepsMark = !_isAdopted || _random.Next(2) == 0;
                    Steps.Add(keepsMark ? "rewrite" : "rewrite without mark");
                    // Between our look at the document and its rename nobody is heard; that much is no promise.
                    using (ExclusiveLock.Acquire(_paths.PublishLock))
                    {
                        var document = Load();
                        if (!keepsMark)
                            document.Remove("taskLocking");
                        Save(document);
                    }
                    break;
                case 11 when _random.Next(3) == 0:
                    Steps.Add("replace folder");
                    var moved = _place.In("moved" + _count++);
                    using (ExclusiveLock.Acquire(_paths.PublishLock))
                        TempWorkspace.ReplaceByCopy(_place.Store, moved);
                    break;
                case 12 when _isAdopted:
                    Steps.Add("remove document");
                    File.Delete(_place.Document);
                    break;
                case 13 when _isAdopted && File.Exists(_place.Document):
                    Steps.Add("tear document");
                    using (ExclusiveLock.Acquire(_paths.PublishLock))
                        File.WriteAllText(_place.Document, File.ReadAllText(_place.Document)[..^10]);
                    break;
                case 14:
                    Steps.Add("forget stamp");
                    File.Delete(_paths.Published);
                    break;
                case 15:
                    Steps.Add($"fail to flush {hand}");
                    FailToFlush(hand);
                    break;
                default:
                    Steps.Add($"sync {hand}");
                    Living(hand).Sync();
                    _isAdopted = true;
                    break;
            }
        }

        public void AssertAll()
        {
            for (var hand = 0; hand < _living.Length; hand++)
                AssertSeen(Living(hand));
            foreach (var living in _living)
                living!.Dispose();
            using var fresh = Once();
            AssertSeen(fresh);
            fresh.Sync();
            AssertSeen(fresh);
            var shown = Load()["todos"]!.AsArray()
                .ToDictionary(todo => (string)todo!["id"]!, todo => (string)todo!["content"]!, StringComparer.Ordinal);
            Assert.Equal(_written.OrderBy(task => task.Key, StringComparer.Ordinal),
                shown.OrderBy(task => task.Key, StringComparer.Ordinal));
        }

        public void Dispose()
        {
            foreach (var living in _living)
                living?.Dispose();
            _place.Dispose();
        }

        private TaskBoard Living(int hand) =>
            _living[hand] ??= new TaskBoard(_stores[hand] = new FileTaskStore(_place.Path, new TaskBoardOptions { Clock = _clock }),
                _place.Path, new LockSession());

        private TaskBoard Once() => TaskBoard.Open(_place.Path, new TaskBoardOptions { OneShot = true, Clock = _clock });

        private void Edit(TaskBoard board, string id)
        {
            var content = $"{id} {_count++}";
            Assert.Null(board.Edit([new TaskEdit(id) { Content = content }])[0].Refusal);
            _written[id] = content;
            _isAdopted = true;
        }

        // The next commit of that store begins a new journal.
        private void FailToFlush(int hand)
        {
            var board = Living(hand);
            var flush = _stores[hand]!.Log.Flush;
            flush.Before = () => throw new IOException("planted");
            Assert.Throws<TaskLockingException>(() => board.Edit([new TaskEdit($"ours {hand}") { Name = $"unsure {_count++}" }]));
            flush.Before = null;
        }

        // What a script does that needs the document: where it is missing or torn, it has it written first.
        private void Mend()
        {
            if (File.Exists(_place.Document) && File.ReadAllText(_place.Document).EndsWith('}'))
                return;
            using var once = Once();
            once.Sync();
            _isAdopted = true;
        }

        private JsonObject Load() => JsonNode.Parse(File.ReadAllText(_place.Document))!.AsObject();

        private void Save(JsonObject document)
        {
            var content = $"theirs {_count++}";
            var now = Timestamp.Format(_clock.GetUtcNow());
            var todo = document["todos"]!.AsArray().Single(todo => (string?)todo!["id"] == "theirs")!;
            todo["content"] = content;
            todo["lastModified"] = now;
            document["lastModified"] = now;
            if (_random.Next(2) == 0)
            {
                File.WriteAllText(_place.Document, document.ToJsonString());
            }
            else
            {
                File.WriteAllText(_place.In("beside"), document.ToJsonString());
                File.Move(_place.In("beside"), _place.Document, overwrite: true);
            }
            _written["theirs"] = content;
            _isAdopted = false;
        }

        private void AssertSeen(TaskBoard board) => Assert.Equal(
            _written.OrderBy(task => task.Key, StringComparer.Ordinal),
            board.GetTasks().Select(task => KeyValuePair.Create(task.Id, task.Content ?? ""))
                .OrderBy(task => task.Key, StringComparer.Ordinal));
    }
    // Of two changes of one todo the later counts, by its milliseconds: no two fall into one.
    private sealed class TickingClock : TimeProvider
    {
        private long _ticks = System.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
