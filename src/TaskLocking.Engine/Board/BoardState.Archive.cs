using System;
using System.Collections.Generic;
using System.Diagnostics;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>Many todos that go at once, as an archiving takes them: each by itself would move all that stand behind it.</summary>
internal sealed partial class BoardState
{
    // From so many on they are taken out together.
    private const int ManyGoing = 16;

    private List<string> _going = []; // what the line that is being read takes out, before anything else of it

    private void RemoveGoing()
    {
        if (_going.Count == 0)
            return;
        if (_going.Count < ManyGoing)
            _going.ForEach(Remove);
        else
            RemoveTogether();
        _going.Clear();
    }

    private void RemoveTogether()
    {
        Debug.Assert(_trial is null, "a removal cannot be taken back");
        _ = Newest(); // What waits knows its todo by the place.
        _long.Clear();
        var going = new HashSet<int>();
        var single = new List<string>();
        foreach (var id in _going)
        {
            if (!_index.TryGetValue(id, out var at))
                continue;
            if (_entries[at].Twins > 0)
                single.Add(id); // Another takes its place.
            else
                going.Add(at);
        }
        var rest = new TodoList();
        for (var at = 0; at < _entries.Count; at++)
        {
            if (!going.Contains(at))
            {
                rest.Add(_entries[at]);
                continue;
            }
            Behind(_entries[at].Id);
            Size = Math.Max(0, Size - _entries[at].Json.Length - 8);
        }
        _entries = rest;
        _index = new Dictionary<string, int>(rest.Count, StringComparer.Ordinal);
        TodoTwins.Index(_entries, _index, from: 0);
        (_indexShared, _snapshot, _tidied) = (false, null, 0);
        _names = new BoardNames();
        single.ForEach(Remove);
    }
}
