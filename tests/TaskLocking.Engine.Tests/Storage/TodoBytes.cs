using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace TaskLocking.Tests.Storage;

/// <summary>One todo of a document as the bytes that stand there.</summary>
/// <param name="Id">Its id; empty if it has none.</param>
/// <param name="Bytes">From brace to brace.</param>
internal sealed record TodoBytes(string Id, byte[] Bytes)
{
    /// <summary>All todos of a document in order.</summary>
    public static List<TodoBytes> Of(string path) => Of(File.ReadAllBytes(path));

    public static List<TodoBytes> Of(byte[] document)
    {
        var start = document.AsSpan().StartsWith(new byte[] { 0xef, 0xbb, 0xbf }) ? 3 : 0;
        var reader = new Utf8JsonReader(document.AsSpan(start));
        var todos = new List<TodoBytes>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTodos = reader.ValueTextEquals("todos");
            reader.Read();
            if (!isTodos)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var first = (int)reader.TokenStartIndex;
                reader.Skip();
                var bytes = document.AsSpan(start)[first..(int)reader.BytesConsumed].ToArray();
                todos.Add(new TodoBytes(IdOf(bytes), bytes));
            }
        }
        return todos;
    }

    public override string ToString() => System.Text.Encoding.UTF8.GetString(Bytes);

    private static string IdOf(byte[] todo)
    {
        using var json = JsonDocument.Parse(todo);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) ? id.ToString() : "";
    }
}
