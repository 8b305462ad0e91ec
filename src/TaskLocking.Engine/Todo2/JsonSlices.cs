using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Cuts JSON text that is known to be whole into the texts of its parts, without changing a byte.</summary>
internal static class JsonSlices
{
    /// <summary>The properties of an object, in order.</summary>
    public static List<JsonMember> Properties(ReadOnlyMemory<byte> json)
    {
        var properties = new List<JsonMember>();
        var reader = JsonReading.Of(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TodoText.Read(ref reader)!;
            reader.Read();
            properties.Add(new JsonMember(name, Value(json, ref reader)));
        }
        return properties;
    }

    /// <summary>What a todo has under our key, in order; nothing if it has none.</summary>
    public static List<JsonMember> Own(ReadOnlyMemory<byte> todo)
    {
        var own = Properties(todo).FindLast(property => property.Name == "taskLocking");
        return own is { Value: [(byte)'{', ..] } ? Properties(own.Memory) : [];
    }

    /// <summary>The elements of an array, in order.</summary>
    public static List<JsonMember> Elements(ReadOnlyMemory<byte> json)
    {
        var elements = new List<JsonMember>();
        var reader = JsonReading.Of(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(new JsonMember("", Value(json, ref reader)));
        return elements;
    }

    /// <summary>The text of the value that the reader stands at; the reader moves to its end.</summary>
    public static ReadOnlyMemory<byte> Value(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Without white space at the end.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> json)
    {
        while (json.Length > 0 && json[^1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            json = json[..^1];
        return json;
    }

    /// <summary>The same text on one line, without white space between its parts.</summary>
    public static string Compact(ReadOnlySpan<byte> json)
    {
        var text = new ByteBuffer(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var start = at;
            at = json[at] == '"' ? JsonScan.String(json, at) : at + 1;
            if (json[start] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                text.Write(json[start..at]);
        }
        return JsonScan.Utf8(text.Written);
    }

    /// <summary>A JSON string.</summary>
    public static string Quote(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' or '"' or '\\')
                return "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"";
        }
        return "\"" + text + "\"";
    }

    /// <summary>The same without line feeds, which may stand between the parts of a value: a line of the journal has none.</summary>
    public static byte[] OnOneLine(ReadOnlyMemory<byte> value)
    {
        var line = value.ToArray();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is (byte)'\n' or (byte)'\r')
                line[i] = (byte)' ';
        }
        return line;
    }
}
