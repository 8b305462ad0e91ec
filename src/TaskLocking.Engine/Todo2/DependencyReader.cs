using System;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads what a todo waits for, in the forms that tools write: a list of ids or numbers, one of them alone, or objects that name an id and
/// a kind. What is none of these is kept as its text: it counts as not met until a person has dealt with it.
/// </summary>
internal static class DependencyReader
{
    // Who waits, in an object that names both ends; where it is somebody else, the object is not about this todo.
    private static readonly string[] Waiting = ["issue_id", "issueId"];

    private static readonly string[] Awaited =
        ["depends_on_id", "dependsOnId", "depends_on", "dependsOn", "id", "task_id", "taskId"];

    private static readonly string[] Kinds = ["type", "dep_type", "dependency_type", "kind"];

    /// <summary>Reads a member of a todo.</summary>
    /// <param name="reader">Stands at the value; is left at its end.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="task">The id of the todo.</param>
    /// <param name="isLine">Whether a text is a line of ids with commas between them.</param>
    /// <param name="found">Gets what was found.</param>
    public static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string task, bool isLine, DependencyList found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
            case JsonTokenType.False: // it says that it waits for nothing
                return;
            case JsonTokenType.String:
                ReadLine(TodoText.Read(ref reader)!, isLine, found);
                return;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadOne(ref reader, json, task, found);
                return;
            default:
                found.IsPlain = false;
                ReadOne(ref reader, json, task, found);
                return;
        }
    }

    /// <summary>Reads an element of a list, or a value that stands for one.</summary>
    /// <param name="reader">Stands at it; is left at its end.</param>
    /// <param name="task">The id of the todo.</param>
    /// <param name="id">What it waits for; null where it waits for nothing, or where that is not understood.</param>
    /// <returns>Whether it is understood.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, string task, out string? id)
    {
        id = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.Number:
                var text = TodoText.Read(ref reader);
                id = string.IsNullOrWhiteSpace(text) ? null : text;
                return id is not null;
            case JsonTokenType.StartObject:
                return TryReadObject(ref reader, task, out id);
            default:
                reader.Skip();
                return false;
        }
    }

    private static void ReadLine(string text, bool isLine, DependencyList found)
    {
        foreach (var id in isLine ? text.Split(',') : [text])
        {
            if (!string.IsNullOrWhiteSpace(id))
                found.Add(isLine ? id.Trim() : id);
        }
        found.IsPlain &= string.IsNullOrWhiteSpace(text);
    }

    private static void ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string task, DependencyList found)
    {
        var start = (int)reader.TokenStartIndex;
        found.IsPlain &= reader.TokenType == JsonTokenType.String;
        if (!TryRead(ref reader, task, out var id))
            found.AddUnread(JsonSlices.Compact(json[start..(int)reader.BytesConsumed]));
        else if (id is not null)
            found.Add(id);
    }

    private static bool TryReadObject(ref Utf8JsonReader reader, string task, out string? id)
    {
        string? kind = null;
        id = null;
        var (isSure, hasKind) = (true, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TodoText.Read(ref reader)!;
            reader.Read();
            var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
            var value = TodoText.Read(ref reader);
            if (Array.IndexOf(Awaited, name) >= 0)
            {
                // Two that differ: nobody can tell which it waits for.
                isSure &= isText && !string.IsNullOrWhiteSpace(value) && (id ?? value) == value;
                id = value;
            }
            else if (Array.IndexOf(Waiting, name) >= 0)
            {
                isSure &= value == task;
            }
            else if (Array.IndexOf(Kinds, name) >= 0)
            {
                isSure &= isText && !hasKind;
                (kind, hasKind) = (value, true);
            }
        }
        var waits = hasKind ? Waits(kind) : true;
        isSure &= id is not null && waits is not null;
        if (!isSure || waits == false)
            id = null;
        return isSure;
    }

    // Null for a kind that is not known: it may mean anything.
    private static bool? Waits(string? kind) => kind?.ToLowerInvariant().Replace('_', '-') switch
    {
        "blocks" or "blocked-by" or "depends-on" or "dependency" or "requires" or "finish-to-start" => true,
        "related" or "relates-to" or "discovered-from" or "duplicates" or "duplicate-of" or "supersedes" or "replies-to" => false,
        _ => null,
    };
}
