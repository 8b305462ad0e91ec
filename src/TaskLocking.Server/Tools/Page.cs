using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// A part of a list: at most so many, and never more than an answer may have. Where the next part begins is told by what came last, so that
/// nothing is told twice or left out where others add and remove meanwhile.
/// </summary>
internal static class Page
{
    public const int MostItems = 100;
    public const int FewItems = 20;

    // 25,000 tokens of three bytes, with the frame; an answer has its JSON twice, as a structure and as text.
    private const int MostBytes = 70_000;

    public static ToolField Limit { get; } = ToolField.Integer("limit", "At most so many.", FewItems, 1, MostItems);

    public static ToolField Cursor { get; } = ToolField.Text("cursor", "next_cursor of the part before.");

    public static ToolField Detail(string standard) =>
        ToolField.Word("detail", "full: the whole todo, with its history.", standard, "concise", "full");

    public static IReadOnlyList<(string Name, string Types)> Members { get; } =
        [("next_cursor", "string null"), ("truncated", "boolean"), ("count", "integer")];

    /// <summary>Writes <c>count</c> (of all), the items, <c>truncated</c> and <c>next_cursor</c>.</summary>
    /// <param name="writer">Into an object that is open.</param>
    /// <param name="call">Says how many, and from where.</param>
    /// <param name="name">Under which the items come.</param>
    /// <param name="items">All of them.</param>
    /// <param name="key">What names an item among them.</param>
    /// <param name="write">An item.</param>
    /// <param name="shortly">The same in short, for one that is too long; null if there is no such form.</param>
    public static void Write<T>(Utf8JsonWriter writer, ToolCall call, string name, IReadOnlyList<T> items, Func<T, string> key,
        Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter, T>? shortly = null)
    {
        var start = Start(call, items, key);
        var most = Math.Min(items.Count, start + call.Integer(Limit.Name, FewItems));
        writer.WriteNumber("count", items.Count);
        var (at, isCut) = WriteFitting(writer, name, items, start, most, write, shortly);
        writer.WriteBoolean("truncated", isCut);
        writer.WriteString("next_cursor", at < items.Count && at > start ? Mark(key(items[at - 1])) : null);
    }

    /// <summary>Writes as many items as there is room for, as an array: the place behind the last, and whether room was short.</summary>
    /// <param name="writer">Into an object that is open.</param>
    /// <param name="name">Under which the items come.</param>
    /// <param name="items">All of them.</param>
    /// <param name="start">The place of the first.</param>
    /// <param name="most">The place behind the last.</param>
    /// <param name="write">An item.</param>
    /// <param name="shortly">The same in short, for a first one that is too long; null if there is no such form.</param>
    public static (int At, bool IsCut) WriteFitting<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, int start, int most,
        Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter, T>? shortly)
    {
        var (at, isCut) = (start, false);
        writer.WriteStartArray(name);
        for (var room = MostBytes; at < most; at++)
        {
            var json = Item(items[at], write);
            if (json.Length > room && at == start && shortly is not null)
                (json, isCut) = (Item(items[at], shortly), true);
            if (json.Length > room)
            {
                isCut = true;
                break;
            }
            room -= json.Length;
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
        writer.WriteEndArray();
        return (at, isCut);
    }

    private static ReadOnlyMemory<byte> Item<T>(T item, Action<Utf8JsonWriter, T> write) =>
        JsonText.Line(writer => write(writer, item));

    private static int Start<T>(ToolCall call, IReadOnlyList<T> items, Func<T, string> key)
    {
        if (call.Text(Cursor.Name) is not { Length: > 0 } cursor)
            return 0;
        var last = Last(cursor);
        for (var i = 0; last is not null && i < items.Count; i++)
        {
            if (string.Equals(key(items[i]), last, StringComparison.Ordinal))
                return i + 1;
        }
        throw ToolCall.Fault("Where the cursor stands is nothing any more, since others changed the list. Ask again without one.");
    }

    private static string Mark(string key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));

    private static string? Last(string cursor) =>
        cursor.Length % 2 == 0 && cursor.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(cursor)) : null;
}
