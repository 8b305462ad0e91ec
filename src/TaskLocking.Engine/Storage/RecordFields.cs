using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace TaskLocking.Storage;

/// <summary>The fields of a small object of ours, read whatever their order and whatever else is among them.</summary>
internal sealed class RecordFields
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

    /// <summary>Reads the object that the reader stands at, and leaves it at the end; what is no object has no fields.</summary>
    public RecordFields(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TodoText.Read(ref reader)!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                _lists[name] = TodoText.ReadList(ref reader);
            else if (TodoText.Read(ref reader) is { } text)
                _texts[name] = text;
        }
    }

    public string? Text(string name) => _texts.TryGetValue(name, out var text) ? text : null;

    public bool Flag(string name) => Text(name) == "true";

    public DateTimeOffset? Time(string name) => Timestamp.Parse(Text(name));

    /// <summary>A number from 0 to 10^15; null for anything else.</summary>
    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1e15
            ? number : null;

    public IReadOnlyList<string> List(string name) => _lists.TryGetValue(name, out var list) ? list : [];
}
