using System;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>Todos that share an id with an earlier one, as documents of other tools have them: no verb reaches those.</summary>
internal sealed partial class BoardState
{
    // The next of its id is the task now, as it will be to whoever reads the document. Somebody may remember the version of the one before.
    private void Promote(string id)
    {
        if (TodoTwins.Promote(_entries, id) is not { } at)
            return;
        MayHaveParent(_entries[at]);
        _entries[at] = _entries[at].With("{}"u8, Version, PatchShape.Empty);
        _index.Add(id, at);
        _names.Added(id);
    }

    // What no verb reaches of this id becomes another list.
    private void SetRest(string id, ReadOnlyMemory<byte> json)
    {
        _ = Newest();
        _long.Clear();
        Own(index: true);
        TodoTwins.Replace(_entries, id, JsonSlices.Elements(json));
        _mayHaveParents = _mayHaveParents == true ? true : null;
        TodoTwins.Index(_entries, _index, from: 0);
        Size += json.Length;
        Behind(id);
        if (_index.TryGetValue(id, out var at))
            _entries[at] = TodoTwins.Counted(_entries, at);
        else if (id.Length > 0)
            Promote(id);
    }
}
