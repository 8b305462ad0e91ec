using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskLocking.Model;

namespace TaskLocking.Stress;

/// <summary>
/// Programs that know nothing of us and write the document: in another layout, order or encoding, with or without what they do not know.
/// </summary>
internal sealed class ForeignHand(string path, Random random, TimeProvider clock)
{
    private const string Mark = "taskLocking";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Known = ["id", "name", "status", "content", "lastModified"];

    /// <summary>Theirs alone to change.</summary>
    public const string Own = "theirs";

    public JsonObject Load() => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>Without our mark nobody can tell what it was made from.</summary>
    public static JsonObject Unmarked(JsonObject document)
    {
        document.Remove(Mark);
        return document;
    }

    /// <summary>The todos alone, as some tools have it.</summary>
    public static JsonObject Bare(JsonObject document) => new() { ["todos"] = document["todos"]!.DeepClone() };

    public static bool IsMarked(JsonObject document) => document.ContainsKey(Mark);

    /// <summary>Changes the task that is theirs.</summary>
    public void Change(JsonObject document, string content)
    {
        var now = Timestamp.Format(clock.GetUtcNow());
        var todo = Find(document, Own);
        var old = (string?)todo["content"];
        todo["content"] = content;
        todo["lastModified"] = now;
        if (random.Next(2) == 0 && todo["changes"] is JsonArray changes)
            changes.Add(new JsonObject { ["field"] = "content", ["oldValue"] = old, ["newValue"] = content, ["timestamp"] = now });
        document["lastModified"] = now;
    }

    public void Add(JsonObject document, string id, string content)
    {
        var now = Timestamp.Format(clock.GetUtcNow());
        Todos(document).Add(
            new JsonObject { ["id"] = id, ["name"] = id, ["status"] = "Todo", ["content"] = content, ["lastModified"] = now });
    }

    public static bool Remove(JsonObject document, string id) =>
        Todos(document).FirstOrDefault(todo => Id(todo) == id) is { } todo && Todos(document).Remove(todo);

    /// <summary>A tool that writes what it knows.</summary>
    public static void DropUnknown(JsonObject document)
    {
        foreach (var todo in Todos(document).Select(todo => todo!.AsObject()))
        {
            foreach (var name in todo.Select(member => member.Key).Except(Known).ToList())
                todo.Remove(name);
        }
        foreach (var name in document.Select(member => member.Key).Where(name => name != "todos").ToList())
            document.Remove(name);
    }

    /// <summary>Another order of todos, or of what is in them.</summary>
    public void Shuffle(JsonObject document)
    {
        var todos = Todos(document);
        var moved = todos.Select(todo => todo!.DeepClone().AsObject()).OrderBy(_ => random.Next()).ToList();
        var reversed = random.Next(2) == 0;
        todos.Clear();
        foreach (var todo in moved)
            todos.Add(reversed ? Reversed(todo) : todo);
    }

    public string Text(JsonObject document) => document.ToJsonString(random.Next(2) == 0 ? Indented : null);

    public void Save(JsonObject document) => Save(Text(document));

    /// <summary>In place or by a rename, in one of the encodings that editors write.</summary>
    public void Save(string text)
    {
        Encoding[] encodings =
            [new UTF8Encoding(false), new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];
        var encoding = encodings[random.Next(encodings.Length)];
        if (random.Next(2) == 0)
        {
            File.WriteAllText(path, text, encoding);
            return;
        }
        File.WriteAllText(path + ".theirs", text, encoding);
        File.Move(path + ".theirs", path, overwrite: true);
    }

    private static JsonObject Reversed(JsonObject todo) =>
        new(todo.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static JsonArray Todos(JsonObject document) => document["todos"]!.AsArray();

    private static JsonObject Find(JsonObject document, string id) => Todos(document).Single(todo => Id(todo) == id)!.AsObject();

    private static string? Id(JsonNode? todo) => (string?)todo!["id"];
}
