using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// The fields of a small object of ours, read whatever their order and whatever else is among them. Of two of one name the last counts.
/// </summary>
/// <remarks>
/// Every claim that others commit is read by this, so it is a list and no dictionary: there are few, and each is asked for once.
/// </remarks>
internal sealed class RecordFields
{
    private const int Usual = 8;

    // Those of a claim, which need no string of their own.
    private static readonly string[] KnownNames = ["token", "agent", "claimed", "expires", "ttl", "host", "pid", "processStart"];
    private static readonly byte[][] KnownBytes = Array.ConvertAll(KnownNames, Encoding.UTF8.GetBytes);

    private KeyValuePair<string, string>[] _texts = new KeyValuePair<string, string>[Usual];
    private readonly Dictionary<string, IReadOnlyList<string>>? _lists;
    private int _count;

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
            var name = Name(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                (_lists ??= new(StringComparer.Ordinal))[name] = TodoText.ReadList(ref reader);
            else if (TodoText.Read(ref reader) is { } text)
                Add(name, text);
        }
    }

    public string? Text(string name)
    {
        for (var at = _count - 1; at >= 0; at--)
        {
            if (string.Equals(_texts[at].Key, name, StringComparison.Ordinal))
                return _texts[at].Value;
        }
        return null;
    }

    public bool Flag(string name) => Text(name) == "true";

    public DateTimeOffset? Time(string name) => Timestamp.Parse(Text(name));

    /// <summary>A number from 0 to 10^15; null for anything else.</summary>
    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1e15
            ? number : null;

    public IReadOnlyList<string> List(string name) => _lists is not null && _lists.TryGetValue(name, out var list) ? list : [];

    private static string Name(ref Utf8JsonReader reader)
    {
        for (var at = 0; at < KnownBytes.Length; at++)
        {
            if (!reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(KnownBytes[at]))
                return KnownNames[at];
        }
        return TodoText.Read(ref reader)!;
    }

    private void Add(string name, string text)
    {
        if (_count == _texts.Length)
        {
            var larger = new KeyValuePair<string, string>[_count * 2];
            Array.Copy(_texts, larger, _count);
            _texts = larger;
        }
        _texts[_count++] = new KeyValuePair<string, string>(name, text);
    }
}
