using System;
using System.IO;
using System.IO.Compression;

namespace TaskLocking.Server;

/// <summary>
/// Messages as parts of a gzip stream (RFC 1952). Each part refers to nothing before it and ends at a byte (RFC 1951, an empty stored
/// block), so that one that was packed once serves every stream. The stream has no trailer: it has no end but that of its connection.
/// </summary>
internal static class PackedMessage
{
    /// <summary>What such a stream begins with: deflate, no name, no time, any system.</summary>
    public static ReadOnlySpan<byte> Head => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>The message, packed.</summary>
    public static byte[] Of(byte[] message)
    {
        using var packed = new MemoryStream(message.Length / 4);
        using var deflate = new DeflateStream(packed, CompressionLevel.Fastest);
        deflate.Write(message);
        deflate.Flush();
        // Before its end, which would be that of the whole stream.
        return packed.ToArray();
    }
}
