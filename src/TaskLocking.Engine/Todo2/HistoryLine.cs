using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of a part of the archive that holds entries of one history, each as it stood in the document, byte for byte. Where one of them
/// has line feeds, which stand between the parts of a value, all are texts.
/// <code>{"id":"T-1","changes":[{…},{…}],"crc":"0123abcd"}</code>
/// <code>{"id":"T-1","texts":["{…}","{…}"],"crc":"0123abcd"}</code>
/// </summary>
internal static class HistoryLine
{
    public static byte[] Write(string id, IReadOnlyList<JsonMember> entries)
    {
        var line = new ByteBuffer(entries.Sum(entry => entry.Value.Length + 1) + 64);
        var isOneLine = entries.All(entry => entry.Value.IndexOfAny((byte)'\n', (byte)'\r') < 0);
        line.Write("{\"id\":"u8);
        line.WriteQuoted(id);
        line.Write(isOneLine ? ",\"changes\":["u8 : ",\"texts\":["u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
                line.Write(","u8);
            if (isOneLine)
                line.Write(entries[i].Value);
            else
                line.WriteQuoted(JsonScan.Utf8(entries[i].Value));
        }
        line.Write("]"u8);
        SealedLine.Seal(line, 0);
        return line.ToArray();
    }

    /// <summary>The entries; null where the line is not as it was written, or is of another task.</summary>
    /// <param name="line">With its line feed.</param>
    /// <param name="id">The task; null for any.</param>
    public static List<JsonMember>? Read(ReadOnlyMemory<byte> line, string? id)
    {
        if (!SealedLine.IsWhole(line.Span))
            return null;
        var members = JsonSlices.Properties(line[..^1]);
        if (id is not null && (members.Find(member => member.Name == "id") is not { } told || Text(told) != id))
            return null;
        if (members.Find(member => member.Name == "changes") is { Value: [(byte)'[', ..] } changes)
            return JsonSlices.Elements(changes.Memory);
        return members.Find(member => member.Name == "texts") is { Value: [(byte)'[', ..] } texts
            ? JsonSlices.Elements(texts.Memory).ConvertAll(text => new JsonMember("", Encoding.UTF8.GetBytes(Text(text) ?? "null")))
            : null;
    }

    private static string? Text(JsonMember member)
    {
        var reader = JsonReading.Of(member.Value);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? TodoText.Read(ref reader) : null;
    }
}
