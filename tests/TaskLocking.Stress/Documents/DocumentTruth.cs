using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.Workspaces;

namespace TaskLocking.Stress;

/// <summary>
/// What must be there: every task, claim and change that was acknowledged, unless a verb took it away, or a document that carried our mark.
/// </summary>
internal sealed class DocumentTruth(StorePaths paths)
{
    private readonly Dictionary<string, KnownTask> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mayBeGone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mayComeBack = new(StringComparer.Ordinal);
    private readonly List<string> _removed = [];
    private string? _life;

    public KnownTask? this[string id] => _tasks.GetValueOrDefault(id);

    public IEnumerable<string> Ids => _tasks.Keys;

    /// <summary>A verb was acknowledged.</summary>
    public void Acknowledge(TaskBoard board, string id, int step)
    {
        if (board.FindTask(id) is not { } task)
            throw new PromiseBroken($"{id} was acknowledged in this moment and is not there");
        var before = this[id];
        _tasks[id] = KnownTask.Of(task, step);
        // To set what is set already changes nothing.
        if (before is not null && before.MissingIn(_tasks[id]) is null && before.History.Count == _tasks[id].History.Count)
            _tasks[id] = _tasks[id] with { ChangedAt = before.ChangedAt, IsUnsure = before.IsUnsure, IsBack = before.IsBack };
    }

    /// <summary>A verb removed it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="mayComeBack">Whether an older document may bring it back, since nothing leads back to when it was there.</param>
    public void Remove(string id, bool mayComeBack)
    {
        _tasks.Remove(id);
        _removed.Add(id);
        if (mayComeBack)
            _mayComeBack.Add(id);
    }

    /// <summary>From now on nothing leads back to what was removed before.</summary>
    public void Forget() => _mayComeBack.UnionWith(_removed);

    /// <summary>Others wrote it, later than anybody else; the change of it counts.</summary>
    public void Write(string id, string content) =>
        _tasks[id] = (this[id] ?? new KnownTask(content, "Todo", null, null, [], 0)) with { Content = content };

    /// <summary>A document that carried our mark does not have it.</summary>
    public void LeaveOut(string id) => _mayBeGone.Add(id);

    /// <summary>A verb may have changed it, in a way that is not looked at.</summary>
    public void Doubt(string id)
    {
        if (_tasks.TryGetValue(id, out var known))
            _tasks[id] = known with { IsUnsure = true };
    }

    /// <exception cref="PromiseBroken">Something is not there, or something is that must not be.</exception>
    public void Check(TaskBoard board)
    {
        // A store that goes on in a life of its own begins with what it has: its new journal does not lead back.
        var life = LifeOf(paths);
        if (life != _life)
            Forget();
        _life = life;
        var there = board.GetTasks().ToDictionary(task => task.Id, StringComparer.Ordinal);
        foreach (var (id, known) in _tasks.ToList())
        {
            if (!there.TryGetValue(id, out var task))
            {
                if (!_mayBeGone.Contains(id))
                    throw new PromiseBroken($"{id} is gone");
                _tasks.Remove(id);
                _mayComeBack.Add(id);
            }
            else if (known.MissingIn(KnownTask.Of(task, 0)) is { } missing)
            {
                if (!known.IsBack)
                    throw new PromiseBroken($"{id} {missing}");
                _tasks[id] = KnownTask.Of(task, 0) with { IsBack = true };
            }
        }
        _mayBeGone.Clear();
        foreach (var (id, task) in there)
        {
            if (_tasks.ContainsKey(id))
                continue;
            if (!_mayComeBack.Remove(id))
                throw new PromiseBroken($"{id} is back");
            _tasks[id] = KnownTask.Of(task, 0) with { IsBack = true };
        }
    }

    // The epoch, in the first line of each journal.
    private static string? LifeOf(StorePaths paths) =>
        Directory.Exists(paths.Journals) && Directory.GetFiles(paths.Journals, "*.jsonl").Max(StringComparer.Ordinal) is { } journal
            ? JsonNode.Parse(File.ReadLines(journal).First())!["epoch"]!.GetValue<string>() : null;
}
