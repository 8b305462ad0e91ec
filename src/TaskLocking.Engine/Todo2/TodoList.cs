using System;
using System.Collections;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// Todos by their places, in blocks that a copy shares until one of both changes them: what a copy costs, and the change behind it, hardly
/// grows with their number. Not thread-safe, but a copy may be read while this one is changed.
/// </summary>
internal sealed class TodoList : IReadOnlyList<TodoEntry>
{
    private const int Bits = 9;
    private const int BlockSize = 1 << Bits;

    private readonly List<TodoEntry[]> _blocks;
    private readonly List<bool> _isShared; // by block

    public TodoList() => (_blocks, _isShared) = ([], []);

    private TodoList(TodoList other) => (_blocks, _isShared, Count) = ([.. other._blocks], [.. other._isShared], other.Count);

    public int Count { get; private set; }

    public TodoEntry this[int place]
    {
        get => _blocks[Checked(place) >> Bits][place & (BlockSize - 1)];
        set => Own(Checked(place) >> Bits)[place & (BlockSize - 1)] = value;
    }

    public void Add(TodoEntry entry)
    {
        if (Count == _blocks.Count << Bits)
        {
            _blocks.Add(new TodoEntry[BlockSize]);
            _isShared.Add(false);
        }
        this[Count++] = entry;
    }

    /// <summary>Takes one out; those behind it move up.</summary>
    public void RemoveAt(int place)
    {
        _ = Checked(place);
        for (var i = place + 1; i < Count; i++)
            this[i - 1] = this[i];
        this[Count - 1] = null!;
        Count--;
    }

    /// <summary>A list that goes its own way from here.</summary>
    public TodoList Copy()
    {
        for (var i = 0; i < _isShared.Count; i++)
            _isShared[i] = true;
        return new TodoList(this);
    }

    public IEnumerator<TodoEntry> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TodoEntry[] Own(int block)
    {
        if (_isShared[block])
        {
            _blocks[block] = (TodoEntry[])_blocks[block].Clone();
            _isShared[block] = false;
        }
        return _blocks[block];
    }

    private int Checked(int place) => (uint)place < (uint)Count ? place : throw new ArgumentOutOfRangeException(nameof(place));
}
