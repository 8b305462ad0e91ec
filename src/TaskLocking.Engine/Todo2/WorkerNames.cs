using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>
/// Who has a todo by its bytes alone, by claim or by assignment: of many thousand the rest is not wanted. What stands deeper under the same
/// names may come along; it does no harm where look-alikes are sought.
/// </summary>
internal static class WorkerNames
{
    /// <summary>Adds them.</summary>
    /// <param name="todo">A JSON object that a reader has accepted.</param>
    /// <param name="names">Gets them.</param>
    public static void Read(ReadOnlySpan<byte> todo, List<string> names)
    {
        Read(todo, "\"claim\""u8, "agent"u8, names);
        Read(todo, "\"assignee\""u8, "name"u8, names);
    }

    private static void Read(ReadOnlySpan<byte> todo, ReadOnlySpan<byte> member, ReadOnlySpan<byte> field, List<string> names)
    {
        for (var at = 0; todo[at..].IndexOf(member) is >= 0 and var found;)
        {
            at = JsonScan.Space(todo, at + found + member.Length);
            // As a value it is what a history tells of.
            if (at >= todo.Length || todo[at] != ':')
                continue;
            var start = JsonScan.Space(todo, at + 1);
            at = JsonScan.Value(todo, start);
            var reader = new Utf8JsonReader(todo[start..at]);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                Add(names, TodoText.Read(ref reader));
            else if (reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, field, names);
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> field, List<string> names)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isField = TodoText.IsName(ref reader, field);
            reader.Read();
            var text = TodoText.Read(ref reader);
            if (isField)
                Add(names, text);
        }
    }

    private static void Add(List<string> names, string? name)
    {
        if (!string.IsNullOrEmpty(name))
            names.Add(name!);
    }
}
