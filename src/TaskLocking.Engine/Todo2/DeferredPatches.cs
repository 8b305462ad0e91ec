using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// Patches of todos that nobody has asked for since, as the journal brought them: of all todos one behind the other in few blocks, each
/// with the way back to the one before it of the same todo. What other processes commit all day long then costs a copy of its bytes, and
/// leaves nothing for the garbage collector to carry from generation to generation.
/// </summary>
/// <remarks>Not thread-safe: the store guards it.</remarks>
internal sealed class DeferredPatches
{
    // Below the 85,000 bytes from which on the collector takes an array for a large object, and looks at everything when many are made.
    private const int BlockLength = 64 << 10;

    // Before each patch: where the one before it of the same todo stands, and its length.
    private const int HeaderLength = sizeof(long) + sizeof(int);

    // A round puts the patches of all todos into their bytes, as fast as new ones come: so no patch stays one for more than two rounds, and
    // all together take no more memory than that. It is a generous bound: what it costs is the rewriting of a todo, and more than half of
    // a patch is history, which takes its memory there as well.
    private const int RoundPerSize = 16;
    private const int LeastRound = 4 << 20;

    // So many blocks are kept where a reader needs none for the moment.
    private const int MostSpare = 16;

    private readonly List<byte[]> _blocks = [];
    private readonly Stack<byte[]> _spare = new();
    private Tail[] _tails = new Tail[16]; // of each todo, by its place
    private long _appended; // the bytes of all patches that ever came
    private long _roundBegan; // with so many
    private long _roundLength; // it ends so many later; 0 if nobody has asked yet
    private long _roundFirst = 1; // the number of the block that was the last when the round began
    private long _first = 1; // that of the first block
    private int _length = BlockLength; // of what is used of the last block

    /// <summary>How many todos have patches here.</summary>
    public int Todos { get; private set; }

    /// <summary>Adds a patch; gives the bytes of the todo's patches here.</summary>
    /// <param name="place">The todo's place in the list.</param>
    /// <param name="patch">The members of an operation of the journal.</param>
    /// <param name="version">The commit's.</param>
    public long Add(int place, ReadOnlySpan<byte> patch, long version)
    {
        if (place >= _tails.Length)
            Grow(place + 1);
        ref var tail = ref _tails[place];
        if (tail.Newest == 0)
            Todos++;
        var record = Room(patch.Length + HeaderLength, out var at);
        BinaryPrimitives.WriteInt64LittleEndian(record, tail.Newest);
        BinaryPrimitives.WriteInt32LittleEndian(record[sizeof(long)..], patch.Length);
        patch.CopyTo(record[HeaderLength..]);
        tail = new Tail(at, version, tail.Size + patch.Length);
        return tail.Size;
    }

    /// <summary>Whether a todo has patches here.</summary>
    public bool Has(int place) => place < _tails.Length && _tails[place].Newest != 0;

    /// <summary>The bytes of the patches that a todo has here.</summary>
    public long SizeOf(int place) => Has(place) ? _tails[place].Size : 0;

    /// <summary>The todo with its patches, which are then no longer here.</summary>
    public TodoEntry TakeInto(TodoEntry entry, int place)
    {
        var tail = _tails[place];
        var count = 0;
        for (var at = tail.Newest; at != 0; at = BinaryPrimitives.ReadInt64LittleEndian(At(at).Span))
            count++;
        var patches = new ReadOnlyMemory<byte>[count];
        for (var at = tail.Newest; at != 0;)
        {
            var record = At(at);
            at = BinaryPrimitives.ReadInt64LittleEndian(record.Span);
            patches[--count] = record.Slice(HeaderLength, BinaryPrimitives.ReadInt32LittleEndian(record.Span[sizeof(long)..]));
        }
        entry = entry.With(patches, tail.Version);
        _tails[place] = default;
        Todos--;
        return entry;
    }

    /// <summary>How many of the todos, from the first on, the round is to have looked at by now.</summary>
    /// <param name="todos">All of them.</param>
    /// <param name="size">The bytes of their document, which grows with every patch: the round goes by what it was at its begin.</param>
    public int Due(int todos, long size)
    {
        if (_roundLength == 0)
            _roundLength = Math.Max(LeastRound, RoundPerSize * size);
        return (int)Math.Min(todos, todos * (double)(_appended - _roundBegan) / _roundLength);
    }

    /// <summary>Every todo was looked at: what came before the round is needed no more, and the next one takes its memory.</summary>
    public void EndRound()
    {
        Forget(_roundFirst, int.MaxValue);
        (_roundBegan, _roundLength) = (_appended, 0);
        _roundFirst = _first + Math.Max(_blocks.Count - 1, 0);
    }

    /// <summary>No todo has patches here: their memory is free for what comes next.</summary>
    public void Clear()
    {
        Forget(_first + _blocks.Count, MostSpare);
        _length = BlockLength;
    }

    // By a copy of untyped arrays: what the runtime has for any type would be compiled for this one at its first use, in each command.
    private void Grow(int least)
    {
        var larger = new Tail[Math.Max(least, _tails.Length * 2)];
        Array.Copy(_tails, larger, _tails.Length);
        _tails = larger;
    }

    private void Forget(long before, int mostSpare)
    {
        var count = (int)Math.Max(before - _first, 0);
        for (var i = 0; i < count; i++)
        {
            if (_blocks[i].Length == BlockLength && _spare.Count < mostSpare)
                _spare.Push(_blocks[i]);
        }
        _blocks.RemoveRange(0, count);
        _first += count;
    }

    private Span<byte> Room(int length, out long place)
    {
        if (length > BlockLength - _length || _blocks[^1].Length != BlockLength)
        {
            _blocks.Add(length > BlockLength ? new byte[length] : _spare.Count > 0 ? _spare.Pop() : new byte[BlockLength]);
            _length = 0;
        }
        place = (_first + _blocks.Count - 1) << 32 | (uint)_length;
        var room = _blocks[^1].AsSpan(_length, length);
        _length = Math.Min(_length + length, BlockLength);
        _appended += length;
        return room;
    }

    private Memory<byte> At(long place) => _blocks[(int)((place >> 32) - _first)].AsMemory((int)(uint)place);

    /// <summary>The patches of one todo.</summary>
    /// <param name="Newest">Where its newest one stands; 0 if it has none here.</param>
    /// <param name="Version">The commit of that.</param>
    /// <param name="Size">The bytes of all of them.</param>
    private readonly record struct Tail(long Newest, long Version, long Size);
}
