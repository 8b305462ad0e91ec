using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Reads values of a document that may have any shape: what does not fit is passed over, never an error.</summary>
internal static class TodoText
{
    /// <summary>A string, or a number or truth value as its text; null for the rest. Leaves the reader at the end of the value.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.PropertyName:
                return Unescape(ref reader);
            case JsonTokenType.Number:
            case JsonTokenType.True:
            case JsonTokenType.False:
                return JsonScan.Utf8(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The same for a text that may be long: a string of a whole todo is left where it is.</summary>
    /// <param name="reader">Stands at the value.</param>
    /// <param name="todo">What it reads, where that stays; empty if it does not.</param>
    public static object? ReadLong(ref Utf8JsonReader reader, ReadOnlyMemory<byte> todo) =>
        todo.IsEmpty || reader.TokenType != JsonTokenType.String ? Read(ref reader)
            : new TextOfTodo(todo[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);

    /// <summary>The texts of an array, or a single text as a list of one.</summary>
    public static IReadOnlyList<string> ReadList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Read(ref reader) is { Length: > 0 } single ? FixedList<string>.Owned([single]) : FixedList<string>.None;
        List<string>? texts = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Read(ref reader) is { } text)
                (texts ??= []).Add(text);
        }
        return texts is null ? FixedList<string>.None : FixedList<string>.Owned(texts.ToArray());
    }

    /// <summary>
    /// Whether the reader stands at a member of this name. A name that is no text, as half a surrogate pair, is an error to the reader
    /// alone.
    /// </summary>
    public static bool IsName(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? name.SequenceEqual(Encoding.UTF8.GetBytes(Unescape(ref reader))) : name.SequenceEqual(reader.ValueSpan);

    private static string Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair or bytes that are not UTF-8: the document keeps them, a person sees them as they stand.
            return Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
        }
    }
}
