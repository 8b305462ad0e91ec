using System;
using System.Collections.Generic;
using TaskLocking.Ready;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Who has claims, by the bytes that tell it: few, and each comes again and again. Not thread-safe: the store guards it.
/// </summary>
internal sealed class ClaimHolders
{
    // Who comes and goes is not to be kept for ever.
    private const int Most = 1024;

    private readonly Dictionary<uint, Known> _known = []; // by a checksum

    /// <summary>The holder; null where it is told in another way.</summary>
    public ClaimHolder? Find(ReadOnlySpan<byte> bytes)
    {
        var checksum = Crc32C.Append(0, bytes);
        if (_known.TryGetValue(checksum, out var known) && bytes.SequenceEqual(known.Bytes))
            return known.Holder;
        if (!PatchGlance.TryReadHolder(bytes, out var agent, out var host, out var pid, out var start))
            return null;
        if (_known.Count >= Most)
            _known.Clear();
        var holder = new ClaimHolder(agent, host, pid, start);
        _known[checksum] = new Known(bytes.ToArray(), holder);
        return holder;
    }

    private sealed record Known(byte[] Bytes, ClaimHolder Holder);
}
