using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.Proof;

/// <summary>
/// A board in a folder. The document that a phase begins with: todos that nobody touches, in the forms that other tools write, and one that
/// only another tool changes. Afterwards the former must be there byte for byte, the latter as it was last written.
/// </summary>
internal sealed class StressStore(string folder) : IStressGround
{
    /// <summary>The todo that only a foreign tool changes.</summary>
    public const string Foreign = "foreign";

    private const string Field = "x_stress";
    private const string Untouched = "untouched-";

    private static readonly LockOptions Patience = new() { Timeout = TimeSpan.FromSeconds(60) };

    private static readonly string[] Forms =
    [
        """{"id":"@","name":"plain","status":"todo","priority":"P1","tags":[],"created":"2024-01-02T03:04:05.678Z"}""",
        """{ "name" : "order and spaces", "estimatedHours" : 1.50, "id" : "@", "status" : "Done",""" +
            """ "unknown" : { "b" : 1e3, "a" : null } }""",
        """{"id":"@","name":"escapes \u00e4 ä \/ \ud83d\ude00","status":"In Progress","comments":["text",""" +
            """{"text":"object"},7],"dependencies":["nowhere"]}""",
        "{\n      \"id\": \"@\",\n      \"status\": \"review\",\n      \"long_description\": \"several\\nlines\",\n      \"changes\": " +
            "[{\"field\":\"status\",\"oldValue\":1}]\n    }",
    ];

    private readonly string[] _untouched = Enumerable.Range(0, 16)
        .Select(number => Forms[number % Forms.Length].Replace("@", Untouched + number.ToString("D2"))).ToArray();
    private int _written;

    public StorePaths Paths { get; } = new(folder);

    public string Place => Paths.Folder;

    public string Address => "";

    public int Recoveries => !Directory.Exists(Paths.Aside) ? 0
        : Directory.GetFiles(Paths.Aside, "*.tail").Length + Directory.GetFiles(Paths.Aside, "*.broken").Length;

    public TaskBoard Open(bool isOneShot = false) => TaskBoard.Open(folder, new TaskBoardOptions { OneShot = isOneShot });

    // A damaged document is nothing that another tool could rewrite, so that comes last.
    public IReadOnlyList<MachineFault> Faults(WorkerCrew crew, Random random, CancellationToken cancellationToken) =>
    [
        new MachineFault("foreign_rewrite", () => Locked(() => Rewrite(rewritesAll: false), cancellationToken)),
        new MachineFault("foreign_rewrite", () => Locked(() => Rewrite(rewritesAll: true), cancellationToken)),
        new MachineFault("damaged_document", () => Locked(() => Damage(random), cancellationToken)),
    ];

    public MachineFault AfterKill(Random random, CancellationToken cancellationToken) =>
        new("torn_tail", () => Locked(() => JournalTear.Make(Paths, random), cancellationToken));

    public bool Explains(RefusalCode refusal) => false;

    /// <summary>Writes the first document.</summary>
    public void Begin()
    {
        Directory.CreateDirectory(Paths.Folder);
        var todos = _untouched.Append($$"""{"id":"{{Foreign}}","name":"changed by another tool","status":"Todo","{{Field}}": 0}""");
        File.WriteAllText(Paths.Document, "{\n  \"project\": {\"name\": \"stress\"},\n  \"todos\": [\n    " + string.Join(",\n    ", todos)
            + "\n  ]\n}\n", new UTF8Encoding(false));
    }

    /// <summary>
    /// Changes the foreign todo as another tool does that takes the lock. Call under the state lock; false if the document cannot be read
    /// just now.
    /// </summary>
    /// <param name="rewritesAll">Whether the tool writes everything anew, in its own form and without what it does not know.</param>
    public bool Rewrite(bool rewritesAll)
    {
        if (FileBytes.TryReadAll(Paths.Document) is not { } bytes || Parse(bytes) is not { } root || Find(root) is not { } todo)
            return false;
        var next = _written + 1;
        todo[Field] = next;
        // Of two changes the later counts, so each says when it was made.
        todo["lastModified"] = Timestamp.Format(DateTimeOffset.UtcNow);
        string text;
        if (rewritesAll)
        {
            root.Remove("taskLocking");
            text = root.ToJsonString();
        }
        else
        {
            text = Encoding.UTF8.GetString(bytes).Replace(Raw(bytes), todo.ToJsonString());
        }
        FileBytes.Replace(FileBytes.WriteBeside(Paths.Document, Encoding.UTF8.GetBytes(text)), Paths.Document);
        _written = next;
        return true;
    }

    /// <summary>
    /// Cuts the document off, or writes zeros into it. Call under the state lock; false if somebody's change in it is not adopted yet.
    /// </summary>
    public bool Damage(Random random)
    {
        if (Locking.FileStamp.Of(Paths.Document) is not { } stamp || PublishedStamp.VersionOf(Paths, stamp) is null)
            return false;
        using var file = new FileStream(Paths.Document, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var place = (long)(random.NextDouble() * (file.Length - 2));
        if (random.Next(2) == 0)
        {
            file.SetLength(place);
            return true;
        }
        file.Seek(place, SeekOrigin.Begin);
        file.WriteByte(0);
        file.WriteByte(0);
        return true;
    }

    /// <summary>What is wrong with the store after a phase.</summary>
    public IEnumerable<Violation> Check(TaskBoard board)
    {
        var text = File.ReadAllText(Paths.Document);
        using var document = JsonDocument.Parse(text);
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var todo in document.RootElement.GetProperty("todos").EnumerateArray())
            shown[todo.GetProperty("id").GetString()!] = todo.GetRawText();
        for (var i = 0; i < _untouched.Length; i++)
        {
            var id = Untouched + i.ToString("D2");
            if (!shown.TryGetValue(id, out var raw) || raw != _untouched[i])
                yield return new Violation(ViolationKind.Lost, id,
                    $"Nobody touched task {id}, and its bytes are {(raw is null ? "gone" : "others")}.", []);
        }
        if (!shown.TryGetValue(Foreign, out var foreign) || Value(foreign) != _written)
            yield return new Violation(ViolationKind.Lost, Foreign,
                $"Another tool wrote {Field} {_written} under the lock, and it reads " +
                    $"{(foreign is null ? "nothing" : Value(foreign).ToString())}.", []);
        var tasks = board.GetTasks();
        if (tasks.Count != shown.Count)
            yield return new Violation(ViolationKind.Lost, Paths.Document,
                $"The store has {tasks.Count} tasks and the document shows {shown.Count}.", []);
        foreach (var task in tasks)
        {
            if (!shown.TryGetValue(task.Id, out var raw) || raw != task.ToJson())
                yield return new Violation(ViolationKind.Lost, task.Id, $"The document does not show task {task.Id} as the store has it.",
                    []);
        }
    }

    private bool Locked(Func<bool> make, CancellationToken cancellationToken)
    {
        using var held = ExclusiveLock.Acquire(Paths.StateLock, Patience, cancellationToken);
        return make();
    }

    private static JsonObject? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Find(JsonObject root) =>
        (root["todos"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(todo => (string?)todo["id"] == Foreign);

    private static string Raw(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.GetProperty("todos").EnumerateArray().Where(todo => todo.GetProperty("id").GetString() == Foreign)
            .Select(todo => todo.GetRawText()).First();
    }

    private static int Value(string todo) => (int?)JsonNode.Parse(todo)?[Field] ?? -1;
}
