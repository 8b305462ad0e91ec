using System;
using System.Runtime.InteropServices;
#if NET
using System.Numerics;
#endif

namespace TaskLocking.Todo2;

/// <summary>
/// CRC-32C (Castagnoli, as in iSCSI and ext4), which processors compute by themselves. Chained: the checksum of a line starts from that
/// of its predecessor, so a line counts only in its place.
/// </summary>
internal static class Crc32C
{
    /// <summary>Continues <paramref name="crc"/> (0 to begin) over <paramref name="bytes"/>.</summary>
#if NET
    // Compiled for the very processor at first use: code compiled ahead of time may not use its instruction, and a document has megabytes.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
#endif
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
#if NET
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, value);
#else
        foreach (var value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ crc >> 8;
#endif
        return ~crc;
    }

#if !NET
    private static readonly uint[] Table = MakeTable();

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? value >> 1 ^ 0x82F63B78 : value >> 1;
            table[i] = value;
        }
        return table;
    }
#endif
}
