using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// What a todo tells of the entries that have left it, under our key, on one line. A part is a text: its name, how many entries, where the
/// line begins and how long it is.
/// <code>{"parts":["20261201T094000123Z-0123456789abcdef 100 0 13042"],"last":[{…}]}</code>
/// </summary>
internal static class MovedHistoryJson
{
    public static byte[] Write(MovedHistory moved)
    {
        var json = new ByteBuffer();
        json.Write("{\"parts\":["u8);
        for (var i = 0; i < moved.Parts.Count; i++)
        {
            if (i > 0)
                json.Write(","u8);
            json.WriteQuoted(Text(moved.Parts[i]));
        }
        json.Write(moved.IsMixed ? "],\"mixed\":true"u8 : "]"u8);
        for (var i = 0; i < moved.Last.Count; i++)
        {
            json.Write(i == 0 ? ",\"last\":["u8 : ","u8);
            json.Write(JsonSlices.OnOneLine(moved.Last[i]));
        }
        json.Write(moved.Last.Count > 0 ? "]}"u8 : "}"u8);
        return json.ToArray();
    }

    /// <summary>Null for what is none.</summary>
    public static MovedHistory? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Span[0] != '{')
            return null;
        var parts = new List<HistoryPart>();
        var last = new List<ReadOnlyMemory<byte>>();
        var isMixed = false;
        foreach (var member in JsonSlices.Properties(json))
        {
            if (member is { Name: "parts", Value: [(byte)'[', ..] })
            {
                foreach (var text in JsonSlices.Elements(member.Memory))
                {
                    var reader = JsonReading.Of(text.Value);
                    reader.Read();
                    if (Part(TodoText.Read(ref reader)) is not { } part)
                        return null;
                    parts.Add(part);
                }
            }
            else if (member is { Name: "last", Value: [(byte)'[', ..] })
            {
                last.AddRange(JsonSlices.Elements(member.Memory).ConvertAll(entry => entry.Memory));
            }
            else if (member.Name == "mixed")
            {
                isMixed = member.Value.SequenceEqual("true"u8);
            }
        }
        return parts.Count == 0 ? null : new MovedHistory(parts, isMixed, last);
    }

    private static string Text(HistoryPart part) => string.Join(" ", part.Name, part.Count.ToString(CultureInfo.InvariantCulture),
        part.Start.ToString(CultureInfo.InvariantCulture), part.Length.ToString(CultureInfo.InvariantCulture));

    private static HistoryPart? Part(string? text)
    {
        var words = text?.Split(' ') ?? [];
        return words.Length == 4 && words[0].Length > 0 && Number(words[1]) is > 0 and var count && Number(words[2]) is { } start
            && Number(words[3]) is > 0 and var length ? new HistoryPart(words[0], count, start, length) : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
