using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaskLocking.Storage;

/// <summary>Cuts JSON text that is known to be whole into the texts of its parts, without changing a byte.</summary>
internal static class JsonSlices
{
    /// <summary>The properties of an object, in order.</summary>
    public static List<JsonMember> Properties(ReadOnlyMemory<byte> json)
    {
        var properties = new List<JsonMember>();
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            properties.Add(new JsonMember(name, Value(json, ref reader)));
        }
        return properties;
    }

    /// <summary>The elements of an array, in order.</summary>
    public static List<JsonMember> Elements(ReadOnlyMemory<byte> json)
    {
        var elements = new List<JsonMember>();
        var reader = new Utf8JsonReader(json.Span);
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
}
