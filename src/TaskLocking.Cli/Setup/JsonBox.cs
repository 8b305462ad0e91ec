using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Cli.Setup;

/// <summary>
/// An object or array in the bytes of a JSON document, with the places of what it holds: so that something can be put in or taken out, and
/// all else stays byte for byte.
/// </summary>
internal sealed class JsonBox
{
    private JsonBox(int open, int close, bool isObject, IReadOnlyList<JsonPart> parts) =>
        (Open, Close, IsObject, Parts) = (open, close, isObject, parts);

    /// <summary>Where its bracket opens.</summary>
    public int Open { get; }

    /// <summary>Where its bracket closes.</summary>
    public int Close { get; }

    public bool IsObject { get; }

    public IReadOnlyList<JsonPart> Parts { get; }

    /// <summary>Null for a value that holds nothing.</summary>
    /// <param name="json">A whole document that parses.</param>
    /// <param name="start">Where the value begins.</param>
    public static JsonBox? Read(ReadOnlySpan<byte> json, int start)
    {
        var reader = new Utf8JsonReader(json[start..]);
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return null;
        var open = start + (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var parts = new List<JsonPart>();
        while (reader.Read() && reader.CurrentDepth > 0)
        {
            var begin = start + (int)reader.TokenStartIndex;
            string? name = null;
            if (isObject)
            {
                name = reader.GetString();
                reader.Read();
            }
            var value = start + (int)reader.TokenStartIndex;
            reader.Skip();
            parts.Add(new JsonPart(name, begin, value, start + (int)reader.BytesConsumed));
        }
        return new JsonBox(open, start + (int)reader.TokenStartIndex, isObject, parts);
    }
}
