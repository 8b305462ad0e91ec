using System;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of the journal that brings new todos and nothing else, as an import of many is: read by its bytes alone, for a checksum vouches
/// for them. False for any other line.
/// </summary>
internal static class NewTodosLine
{
    /// <param name="json">The line with its checksum and line feed.</param>
    /// <param name="version">The commit.</param>
    /// <param name="time">Its time, as a document writes it.</param>
    /// <param name="todos">The ids, and where in the line the todos stand.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out long version, out string time, out List<(string Id, Range Json)> todos)
    {
        (version, time, todos) = (0, "", []);
        var at = 0;
        if (!JournalLine.TryReadHead(json, ref at, out version, out var written))
            return false;
        time = JsonScan.Utf8(json[written]);
        _ = JsonScan.Skip(json, ref at, ",\"n\":1"u8);
        if (!JsonScan.Skip(json, ref at, ",\"op\":["u8))
            return false;
        do
        {
            if (!JsonScan.Skip(json, ref at, "{\"id\":"u8))
                return false;
            var id = json[(at + 1)..(JsonScan.String(json, at) - 1)];
            at += id.Length + 2;
            if (id.IndexOf((byte)'\\') >= 0 || !JsonScan.Skip(json, ref at, ",\"new\":"u8) || json[at] != '{')
                return false;
            var todo = at;
            at = JsonScan.Value(json, at);
            todos.Add((JsonScan.Utf8(id), todo..at));
            if (!JsonScan.Skip(json, ref at, "}"u8))
                return false;
        }
        while (JsonScan.Skip(json, ref at, ","u8));
        return at == json.Length - JournalLine.TailLength - 1;
    }
}
