using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// The patches of one todo since its bytes were last whole, one behind the other in few arrays: what others commit all day long then
/// leaves little for the garbage collector to carry from generation to generation. A version of the todo sees them up to its own end;
/// whoever is not the newest goes on in a log of his own.
/// </summary>
/// <remarks>One thread at a time appends; others may read what was there before they were given their end.</remarks>
internal sealed class PatchLog
{
    /// <summary>
    /// Behind each patch: all fields set so far, those that it sets itself, where its history begins, its length. It is read from the end.
    /// </summary>
    public const int TrailerLength = 2 * sizeof(long) + 2 * sizeof(int);

    // Patches may take this many times the memory of the todo itself, and this many bytes in any case: putting them into its bytes costs
    // what both have.
    private const int PatchesPerSize = 4;
    private const int LeastLong = 64 << 10;

    // Of one array; then the next one begins. Doubling a large one would copy for nothing.
    private const int LongestArray = 8 << 10;

    private readonly PatchLog? _earlier; // that this one goes on from; null if it begins at the root
    private readonly int _earlierEnd;
    private readonly TodoField _fieldsBefore;
    private readonly int _sizeBefore;
    private readonly int _longest;
    private byte[] _bytes;
    private int _length;

    private PatchLog(TodoEntry root, int capacity)
    {
        Root = root;
        _longest = (int)Math.Min(Math.Max(LeastLong, PatchesPerSize * (long)root.Size), int.MaxValue);
        _bytes = new byte[capacity];
    }

    private PatchLog(PatchLog earlier, int end, int capacity)
        : this(earlier.Root, capacity)
    {
        _earlier = earlier;
        _earlierEnd = end;
        _fieldsBefore = earlier.FieldsTo(end);
        _sizeBefore = earlier._sizeBefore + end;
    }

    /// <summary>The todo before all patches.</summary>
    public TodoEntry Root { get; }

    /// <summary>Begins with one patch over the todo's own bytes.</summary>
    /// <param name="root">The todo.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="shape">What is known of it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="room">The bytes that it and those that follow at once take, with their trailers.</param>
    public static PatchLog Over(TodoEntry root, ReadOnlySpan<byte> patch, PatchShape shape, out int end, int room = 0) =>
        new PatchLog(root, Math.Max(patch.Length + TrailerLength, Math.Min(room, LongestArray))).Put(patch, shape, out end);

    /// <summary>The same patches up to an end and another one, beside whatever else follows there.</summary>
    public PatchLog Beside(int end, ReadOnlySpan<byte> patch, PatchShape shape, out int newEnd) =>
        new PatchLog(this, end, patch.Length + TrailerLength).Put(patch, shape, out newEnd);

    /// <summary>Adds another patch; gives the log in which it stands.</summary>
    /// <param name="end">Where the patches that it follows end, and then where it ends itself.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="shape">What is known of it.</param>
    /// <param name="room">The bytes that it and those that follow at once take, with their trailers.</param>
    public PatchLog Append(ref int end, ReadOnlySpan<byte> patch, PatchShape shape, int room = 0)
    {
        var from = end;
        if (from != _length)
            return Beside(from, patch, shape, out end);
        var length = from + patch.Length + TrailerLength;
        if (length > LongestArray)
            return new PatchLog(this, from, Math.Max(length - from, LongestArray)).Put(patch, shape, out end);
        if (length > _bytes.Length)
        {
            var larger = new byte[Math.Min(Math.Max(Math.Max(length, from + room), _bytes.Length * 2), LongestArray)];
            _bytes.AsSpan(0, from).CopyTo(larger);
            Volatile.Write(ref _bytes, larger);
        }
        return Put(patch, shape, out end);
    }

    /// <summary>Whether the patches up to an end, the earlier logs' included, are better put into the todo's bytes.</summary>
    public bool IsLong(int end) => SizeTo(end) > _longest;

    /// <summary>The bytes of the patches up to an end, the earlier logs' included.</summary>
    public int SizeTo(int end) => _sizeBefore + end;

    /// <summary>The fields that the patches up to an end set, or more.</summary>
    public TodoField FieldsTo(int end) =>
        end == 0 ? _fieldsBefore : (TodoField)BinaryPrimitives.ReadInt64LittleEndian(Volatile.Read(ref _bytes).AsSpan(end - TrailerLength));

    /// <summary>
    /// The newest patch up to an end, which moves back to where the patch before it ends; null when there is none before it.
    /// </summary>
    public static ReadOnlyMemory<byte> TakeNewest(ref PatchLog? log, ref int end)
    {
        var from = log!;
        var bytes = Volatile.Read(ref from._bytes);
        var length = LengthOf(bytes, end);
        var start = end - TrailerLength - length;
        (log, end) = start == 0 ? (from._earlier, from._earlierEnd) : (from, start);
        return bytes.AsMemory(start, length);
    }

    /// <summary>All patches up to an end, the earlier logs' included, the newest first.</summary>
    public IReadOnlyList<TodoPatch> Newest(int end)
    {
        var all = new List<TodoPatch>();
        for (PatchLog? log = this; log is not null;)
        {
            var shape = log.ShapeAt(end);
            all.Add(new TodoPatch(TakeNewest(ref log, ref end), shape));
        }
        return all;
    }

    private static int LengthOf(byte[] bytes, int end) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(end - sizeof(int)));

    private PatchShape ShapeAt(int end)
    {
        var trailer = Volatile.Read(ref _bytes).AsSpan(end - TrailerLength);
        return new PatchShape((TodoField)BinaryPrimitives.ReadInt64LittleEndian(trailer[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(trailer[16..]));
    }

    private PatchLog Put(ReadOnlySpan<byte> patch, PatchShape shape, out int end)
    {
        var rest = _bytes.AsSpan(_length);
        patch.CopyTo(rest);
        var trailer = rest[patch.Length..];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, (long)(FieldsTo(_length) | shape.Fields));
        BinaryPrimitives.WriteInt64LittleEndian(trailer[8..], (long)shape.Fields);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[16..], shape.History);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[20..], patch.Length);
        _length += patch.Length + TrailerLength;
        end = _length;
        return this;
    }
}
