using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// Where in a part of the archive the line of an id may be: the numbers of the ids in order, in pages with a checksum each, so that a look
/// costs some ten pages of however many. It says where to look, never what is there: two ids may have one number. It can be made anew from
/// the part.
/// </summary>
/// <remarks>A page: how many entries, the checksum of the rest, then the entries: number, place, length.</remarks>
internal static class ArchiveIndex
{
    private const int PageSize = 4096;
    private const int HeadSize = 8;
    private const int EntrySize = 20;
    private const int EntriesInPage = (PageSize - HeadSize) / EntrySize;

    public static byte[] Write(List<(ulong Number, long Start, int Length)> entries)
    {
        entries.Sort((left, right) => left.Number != right.Number ? left.Number.CompareTo(right.Number)
            : left.Start.CompareTo(right.Start));
        var pages = new byte[(entries.Count + EntriesInPage - 1) / EntriesInPage * PageSize];
        for (var i = 0; i < entries.Count; i++)
        {
            var page = pages.AsSpan(i / EntriesInPage * PageSize, PageSize);
            var entry = page[(HeadSize + i % EntriesInPage * EntrySize)..];
            BinaryPrimitives.WriteUInt64LittleEndian(entry, entries[i].Number);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], entries[i].Start);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], entries[i].Length);
            BinaryPrimitives.WriteInt32LittleEndian(page, i % EntriesInPage + 1);
        }
        for (var at = 0; at < pages.Length; at += PageSize)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(pages.AsSpan(at + 4),
                Crc32C.Append(0, pages.AsSpan(at + HeadSize, PageSize - HeadSize)));
        }
        return pages;
    }

    /// <summary>The number of an id.</summary>
    public static ulong NumberOf(string id) => TextHash.Of(id);

    /// <summary>How many entries there are, where all is as it was written; null where it is not.</summary>
    public static int? Count(byte[] pages)
    {
        if (pages.Length % PageSize != 0)
            return null;
        var count = 0;
        for (var at = 0; at < pages.Length; at += PageSize)
        {
            if (!IsWhole(pages.AsSpan(at, PageSize)))
                return null;
            count += BinaryPrimitives.ReadInt32LittleEndian(pages.AsSpan(at));
        }
        return count;
    }

    /// <summary>The places of the lines whose id has this number; null where the index is damaged.</summary>
    public static List<(long Start, int Length)>? Find(FileStream index, ulong number, Dictionary<int, byte[]> known)
    {
        var count = (int)(index.Length / PageSize);
        if (index.Length % PageSize != 0)
            return null;
        // The first page whose last number is not smaller.
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (Page(index, middle, known) is not { } page)
                return null;
            if (At(page, CountOf(page) - 1).Number < number)
                low = middle + 1;
            else
                high = middle;
        }
        var found = new List<(long Start, int Length)>();
        for (; low < count; low++)
        {
            if (Page(index, low, known) is not { } page)
                return null;
            for (var i = 0; i < CountOf(page); i++)
            {
                var entry = At(page, i);
                if (entry.Number > number)
                    return found;
                if (entry.Number == number)
                    found.Add((entry.Start, entry.Length));
            }
        }
        return found;
    }

    private static byte[]? Page(FileStream index, int page, Dictionary<int, byte[]> known)
    {
        if (known.TryGetValue(page, out var there))
            return there;
        var bytes = FileBytes.Read(index, index.SafeFileHandle, (long)page * PageSize, PageSize);
        if (bytes.Length != PageSize || !IsWhole(bytes))
            return null;
        known.Add(page, bytes);
        return bytes;
    }

    private static bool IsWhole(ReadOnlySpan<byte> page) =>
        BinaryPrimitives.ReadInt32LittleEndian(page) is > 0 and <= EntriesInPage
        && BinaryPrimitives.ReadUInt32LittleEndian(page[4..]) == Crc32C.Append(0, page[HeadSize..]);

    private static int CountOf(byte[] page) => BinaryPrimitives.ReadInt32LittleEndian(page);

    private static (ulong Number, long Start, int Length) At(byte[] page, int entry)
    {
        var bytes = page.AsSpan(HeadSize + entry * EntrySize);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
    }
}
