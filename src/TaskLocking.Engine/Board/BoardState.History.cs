using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>Histories that have become long: which todos are worth a look, and what becomes of one whose oldest entries leave it.</summary>
internal sealed partial class BoardState
{
    private List<LongTodo>? _measured;

    /// <summary>The todos that own commits have left long; each is given once.</summary>
    public IReadOnlyList<LongTodo> TakeLong()
    {
        var measured = _measured;
        _measured = null;
        return measured ?? (IReadOnlyList<LongTodo>)[];
    }

    /// <summary>Looks at todos that an own commit has changed, where its line was read.</summary>
    public void Measure(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (_index.TryGetValue(id, out var place))
                Measure(id, place);
        }
    }

    private void Measure(string id, int place)
    {
        var length = _entries[place].Length + _deferred.SizeOf(place);
        if (length >= HistoryBound.LeastLength)
            (_measured ??= []).Add(new LongTodo(id, length));
    }

    // The todo tells its version itself, so it is the same as before.
    private void MoveHistory(string id, int count, ReadOnlyMemory<byte> moved)
    {
        if (!_index.TryGetValue(id, out var at))
            return;
        var entry = EntryAt(at);
        if (TodoHistory.Without(entry.Json, count, moved) is not { } rest)
            return;
        var gone = entry.Json.Length - rest.Length;
        Replace(at, entry.Instead(rest));
        Size = Math.Max(0, Size - gone - SizeOfPatch);
    }
}
