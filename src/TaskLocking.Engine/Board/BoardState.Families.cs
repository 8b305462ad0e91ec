using System;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Whether any todo may name a parent: found by the bytes, once, then kept up by what comes. So who starts or ends a task of a board that
/// has none asks nothing more, and needs no graph for it.
/// </summary>
internal sealed partial class BoardState
{
    private bool? _mayHaveParents; // null: nobody has asked yet

    public bool MayHaveParents
    {
        get
        {
            if (_mayHaveParents is not { } may)
                _mayHaveParents = may = TodoEntry.AnyMentionsParent(Newest());
            return may;
        }
    }

    private void MayHaveParent(TodoEntry entry)
    {
        if (_mayHaveParents == false && entry.MentionsParent)
            _mayHaveParents = true;
    }

    private void MayHaveParent(ReadOnlySpan<byte> patch)
    {
        if (_mayHaveParents == false && TodoEntry.MayNameParent(patch))
            _mayHaveParents = true;
    }
}
