using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A store with a repository's document in it, and hands that write the document without our lock.</summary>
internal sealed class DocumentScene : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public DocumentScene(string? first = null)
    {
        if (first is not null)
        {
            Directory.CreateDirectory(Place.Store);
            File.WriteAllText(Place.Document, first);
        }
    }

    public TempWorkspace Place { get; } = new(inMemory: true);

    public string Document => Place.Document;

    public TaskBoard Open() => Place.Open(oneShot: true);

    /// <summary>Runs a verb as a command of its own does, and gives what it told besides.</summary>
    public IReadOnlyList<StoreNotice> Run(Action<TaskBoard> verb)
    {
        using var board = Open();
        verb(board);
        return board.TakeNotices();
    }

    /// <summary>A change that has nothing to do with what is looked at.</summary>
    public IReadOnlyList<StoreNotice> GoOn() =>
        Run(board => Assert.Null(board.Define([new TaskDefinition("other " + Guid.NewGuid().ToString("N"))])[0].Refusal));

    public void Define(params string[] ids)
    {
        var definitions = ids.Select(id => new TaskDefinition(id) { Content = "ours" }).ToList();
        Run(board => Assert.All(board.Define(definitions), outcome => Assert.Null(outcome.Refusal)));
    }

    public void Edit(TaskEdit edit) => Run(board => Assert.Null(board.Edit([edit])[0].Refusal));

    public AgentTask Claim(string agent = "worker")
    {
        AgentTask? task = null;
        Run(board => task = board.Request(new TaskRequest(new LeaseHolder(agent))).Task);
        return task!;
    }

    public AgentTask? Find(string id)
    {
        using var board = Open();
        return board.FindTask(id);
    }

    /// <summary>The ids that a test made, in order.</summary>
    public string[] Ids()
    {
        using var board = Open();
        return [.. board.GetTasks().Select(task => task.Id).Where(id => !id.StartsWith("other ", StringComparison.Ordinal))];
    }

    public int ChangesOf(string id)
    {
        using var board = Open();
        return board.GetHistory(id).Count;
    }

    /// <summary>The document as a tool loads it.</summary>
    public JsonObject Load(bool keepsMark = false)
    {
        var root = JsonNode.Parse(File.ReadAllText(Document))!.AsObject();
        if (!keepsMark)
            root.Remove("taskLocking");
        return root;
    }

    public void Save(JsonNode root, bool indented = true) => File.WriteAllText(Document, root.ToJsonString(indented ? Indented : null));

    /// <summary>Loads, changes, and saves.</summary>
    public void Rewrite(Action<JsonObject> change, bool keepsMark = false)
    {
        var root = Load(keepsMark);
        change(root);
        Save(root);
    }

    public static JsonArray Todos(JsonObject root) => root["todos"]!.AsArray();

    public static JsonObject Todo(JsonObject root, string id) => Todos(root).First(todo => (string?)todo!["id"] == id)!.AsObject();

    public void Dispose() => Place.Dispose();
}
