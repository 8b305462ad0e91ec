using System;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads who has a todo: the object that we write, a name, a login, or a list of one of them. Who is named in a way that is not understood
/// has it all the same: nobody else gets it.
/// </summary>
internal static class AssigneeReader
{
    private static readonly string[] Types = ["agent", "human", "host"];

    /// <summary>Reads a value; null for nobody, and where it is not understood.</summary>
    /// <param name="reader">Stands at the value; is left at its end.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="unread">Gets what is not understood, as the document writes it.</param>
    public static Assignee? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref string? unread)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String && string.IsNullOrWhiteSpace(TodoText.Read(ref reader)))
            return null;
        var inList = reader;
        if (reader.TokenType == JsonTokenType.StartArray && IsOneOrNone(ref inList, out var isNone))
        {
            if (!isNone)
                reader.Read();
            var one = isNone ? null : Read(ref reader, json, ref unread);
            reader.Read();
            return one;
        }
        var start = (int)reader.TokenStartIndex;
        var assignee = ReadSingle(ref reader, out var isNobody);
        if (assignee is null && !isNobody)
            unread = JsonSlices.Compact(json[start..(int)reader.BytesConsumed]);
        return assignee;
    }

    private static bool IsOneOrNone(ref Utf8JsonReader list, out bool isNone)
    {
        list.Read();
        isNone = list.TokenType == JsonTokenType.EndArray;
        if (isNone)
            return true;
        if (list.TokenType == JsonTokenType.StartArray)
            return false;
        list.Skip();
        return list.Read() && list.TokenType == JsonTokenType.EndArray;
    }

    private static Assignee? ReadSingle(ref Utf8JsonReader reader, out bool isNobody)
    {
        isNobody = false;
        if (reader.TokenType == JsonTokenType.String && TodoText.Read(ref reader) is { Length: > 0 } word)
            return new Assignee("agent", word);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        var isNamed = false;
        string? type = null, name = null, host = null, at = null, by = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "type"u8))
                type = TodoText.Read(ref reader);
            else if (Is(ref reader, "name"u8))
                isNobody = !(isNamed = (name = TodoText.Read(ref reader)) is not (null or ""));
            else if (Is(ref reader, "login"u8))
                name ??= TodoText.Read(ref reader);
            else if (Is(ref reader, "hostname"u8))
                host = TodoText.Read(ref reader);
            else if (Is(ref reader, "assigned_at"u8))
                at = TodoText.Read(ref reader);
            else if (Is(ref reader, "assigned_by"u8))
                by = TodoText.Read(ref reader);
            else
                SkipValue(ref reader);
        }
        // Another tool's logins have types of its own; of a name it must be clear whose it is.
        if (isNamed && type is not null)
        {
            type = Array.Find(Types, known => string.Equals(known, type, StringComparison.OrdinalIgnoreCase));
            if (type is null)
                return null;
        }
        return string.IsNullOrEmpty(name) ? null : new Assignee(type ?? "agent", name!, host, Timestamp.Parse(at), by);
    }

    // On a match the reader moves to the value; on none it stays at the name, for the next comparison.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && TodoText.IsName(ref reader, name) && reader.Read();

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
            reader.Read();
        reader.Skip();
    }
}
