using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Board;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// Finds among the todos of a document those that say what we had once and one of our verbs has changed or removed since: nobody changed
/// them, they are old. Sees the base first, then every line up to what others may have seen.
/// </summary>
/// <remarks>A todo that only others changed since may well be changed back by them: that is not old.</remarks>
internal sealed class EarlierStates
{
    /// <summary>The author of a line that takes over what others wrote.</summary>
    public const string Others = "state.todo2.json";

    private readonly Dictionary<string, TodoEntry> _todos = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly HashSet<string> _old = new(StringComparer.Ordinal);

    public EarlierStates(IEnumerable<TodoEntry> todos)
    {
        foreach (var todo in todos)
            _todos[todo.Id] = todo;
    }

    public bool IsEmpty => _todos.Count == 0;

    public bool IsOld(string id) => _old.Contains(id);

    /// <summary>The state that all begins from.</summary>
    public void Look(BoardState state)
    {
        foreach (var id in _todos.Keys)
            Compare(state, id);
    }

    /// <summary>The state after one more line of the journal.</summary>
    public void Look(BoardState state, ReadOnlyMemory<byte> line)
    {
        var reader = JsonReading.Of(line.Span[..(line.Length - 1)]);
        var isOurs = true;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAuthor = reader.ValueTextEquals("by"u8);
            var isList = reader.ValueTextEquals("op"u8);
            reader.Read();
            if (isAuthor)
                isOurs = !reader.ValueTextEquals(Others);
            while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                LookAt(state, ref reader, isOurs);
            reader.Skip();
        }
    }

    // The reader stands at the beginning of an operation and is left at its end.
    private void LookAt(BoardState state, ref Utf8JsonReader reader, bool isOurs)
    {
        var depth = reader.CurrentDepth;
        reader.Read();
        if (reader.ValueTextEquals("id"u8) && reader.Read() && reader.GetString() is { } id && _todos.ContainsKey(id))
        {
            if (isOurs && _met.Contains(id))
                _old.Add(id);
            Compare(state, id);
        }
        while (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > depth)
            reader.Read();
    }

    private void Compare(BoardState state, string id)
    {
        if (state.FindEntry(id) is not { } entry || !JsonSame.As(entry.Json.Span, _todos[id].Json.Span))
            return;
        _met.Add(id);
        _old.Remove(id);
    }
}
