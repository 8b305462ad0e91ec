using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Commits that may not come to be: several are decided one on the other before it is known which of them are written. What they change is
/// remembered as it was, so that taking them back costs what they changed, and not what there is.
/// </summary>
internal sealed partial class BoardState
{
    private Trial? _trial;

    /// <summary>From now on all can be taken back, but the removal of todos and other frames. Not while there is one already.</summary>
    public void BeginTrial()
    {
        _trial = new Trial(_entries.Count, Version, NextTaskNumber, Records, Size, LastModified);
    }

    /// <summary>What was tried has come to be.</summary>
    public void KeepTrial() => _trial = null;

    /// <summary>What was tried has not come to be; nothing where there was no trial.</summary>
    public void TakeBackTrial()
    {
        if (_trial is not { } trial)
            return;
        _trial = null;
        foreach (var before in trial.Before)
        {
            _ = EntryAt(before.Key); // what was put off of it goes, too
            Own(index: false);
            Behind(before.Value.Id);
            _entries[before.Key] = before.Value;
        }
        for (var last = _entries.Count - 1; last >= trial.Count; last--)
            TakeBackLast(last);
        _long.RemoveAll(place => place >= trial.Count);
        _tidied = Math.Min(_tidied, trial.Count);
        (NextTaskNumber, Records, Size) = (trial.NextTaskNumber, trial.Records, trial.Size);
        (_lastModified, _time) = (trial.LastModified, null);
        Version = trial.Version;
    }

    private void TakeBackLast(int last)
    {
        var id = EntryAt(last).Id;
        Own(index: true);
        Behind(id);
        _entries.RemoveAt(last);
        _index.Remove(id);
        _names.Removed(id, _index.Keys);
    }

    // To be called before the todo of a place becomes another.
    private void Remember(int place)
    {
        if (_trial is { } trial && place < trial.Count && !trial.Before.ContainsKey(place))
            trial.Before.Add(place, EntryAt(place));
    }

    private sealed class Trial(int count, long version, long? nextTaskNumber, StateRecords records, long size, string? lastModified)
    {
        public Dictionary<int, TodoEntry> Before { get; } = [];

        public int Count => count;

        public long Version => version;

        public long? NextTaskNumber => nextTaskNumber;

        public StateRecords Records => records;

        public long Size => size;

        public string? LastModified => lastModified;
    }
}
