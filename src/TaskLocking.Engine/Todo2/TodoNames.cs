using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>The swarm and the tags of a todo by its bytes alone, as <see cref="TodoParser"/> reads them: of many thousand the rest is not
/// wanted.</summary>
internal static class TodoNames
{
    /// <summary>Reads them.</summary>
    /// <param name="todo">A JSON object that a reader has accepted.</param>
    /// <param name="swarm">Null if there is none.</param>
    /// <param name="tags">Empty if there are none.</param>
    public static void Read(ReadOnlySpan<byte> todo, out string? swarm, out IReadOnlyList<string> tags)
    {
        (swarm, tags) = (null, []);
        for (var at = First(todo, 0); Next(todo, ref at, out var name, out var value);)
        {
            if (name.SequenceEqual("tags"u8))
                tags = List(value);
            else if (name.SequenceEqual("taskLocking"u8) && value[0] == '{')
                ReadOwn(value, ref swarm);
        }
    }

    private static void ReadOwn(ReadOnlySpan<byte> own, ref string? swarm)
    {
        for (var at = First(own, 0); Next(own, ref at, out var name, out var value);)
        {
            if (name.SequenceEqual("swarm"u8))
                swarm = Text(value);
        }
    }

    private static int First(ReadOnlySpan<byte> json, int at) => JsonScan.Space(json, at + 1);

    // The member at a place, which then moves to the next; false at the end of the object.
    private static bool Next(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (json[at] == ',')
            at = JsonScan.Space(json, at + 1);
        if (json[at] == '}')
            return false;
        var start = at;
        at = JsonScan.String(json, at);
        name = JsonScan.Plain(json[start..at]);
        at = JsonScan.Space(json, JsonScan.Space(json, at) + 1);
        start = at;
        at = JsonScan.Value(json, at);
        value = json[start..at];
        at = JsonScan.Space(json, at);
        return true;
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return TodoText.Read(ref reader);
    }

    private static IReadOnlyList<string> List(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return TodoText.ReadList(ref reader);
    }
}
