using System;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>
/// How JSON of a document, and what a journal keeps of it, is read: as deep as anybody nests it. The reader takes a bit for a level, no
/// stack.
/// </summary>
internal static class JsonReading
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1 << 20 };

    public static Utf8JsonReader Of(ReadOnlySpan<byte> json) => new(json, AnyDepth);
}
