using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Safety;

/// <summary>A store with everything in it that a store can have, to be copied; its places, and what can be asked of it.</summary>
public sealed class StrangeStore : IDisposable
{
    private static readonly CommitOptions Soon = new() { Timeout = TimeSpan.FromSeconds(1) };

    private readonly TempWorkspace _template = new(inMemory: true);

    public StrangeStore()
    {
        using (var board = _template.Open(oneShot: true))
        {
            board.Define([new TaskDefinition("A"), new TaskDefinition("B"), new TaskDefinition("C") { Tags = ["c"] }]);
            board.Hold(["A"]).Dispose();
            board.RegisterAgents([new AgentProfile("worker")]);
            board.Request(new TaskRequest(new LeaseHolder("worker")) { Tags = ["c"] });
            Each(board.Start([new StartRequest("C", new LeaseHolder("worker"))]));
            board.Sync();
        }
        File.WriteAllText(_template.In(Places["holder"]), "{}");
        Directory.CreateDirectory(_template.In(Places["aside"]));
        using var topics = TopicStore.Open(_template.Path, oneShot: true);
        topics.Create(["first"]);
    }

    /// <summary>By the names that the tests give them.</summary>
    public static IReadOnlyDictionary<string, string[]> Places { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["store"] = [".todo2"],
        ["document"] = [".todo2", "state.todo2.json"],
        ["backup"] = [".todo2", "state.todo2.json.bak"],
        ["state lock"] = [".todo2", "state.todo2.json.lock"],
        ["journal folder"] = [".todo2", "journal"],
        ["journal"] = [".todo2", "journal", "0000000002.jsonl"], // of the copy
        ["ended journal"] = [".todo2", "journal", "0000000001.ended"],
        ["ended mark"] = [".todo2", "journal", "0000000002.ended"],
        ["flushing"] = [".todo2", "journal", "flushing"],
        ["published"] = [".todo2", "journal", "published"],
        ["publish lock"] = [".todo2", "journal", "publish.lock"],
        ["locks folder"] = [".todo2", "locks"],
        ["task lock"] = [".todo2", "locks", "task_A.lock"],
        ["holder"] = [".todo2", "locks", "task_A.holder"],
        ["metrics"] = [".todo2", "metrics.jsonl"],
        ["metrics lock"] = [".todo2", "metrics.lock"],
        ["gitignore"] = [".todo2", ".gitignore"],
        ["aside"] = [".todo2", "aside"],
        ["topic lock"] = [".claude", "specs", ".topic_number.lock"],
        ["topics"] = [".claude", "specs"],
    };

    /// <summary>Each does one thing as a command would: opens, asks, ends.</summary>
    public static IReadOnlyDictionary<string, Action<string>> Verbs { get; } =
        new Dictionary<string, Action<string>>(StringComparer.Ordinal)
        {
            ["define"] = On(board => Each(board.Define([new TaskDefinition("N")], Soon))),
            ["edit A"] = On(board => Each(board.Edit([new TaskEdit("A") { Name = "n" }], Soon))),
            ["edit B"] = On(board => Each(board.Edit([new TaskEdit("B") { Name = "n" }], Soon))),
            ["read"] = On(board => _ = board.GetTasks()),
            ["explain A"] = On(board => _ = board.Explain("A")),
            ["request"] = On(board => _ = board.Request(new TaskRequest(new LeaseHolder("other")), Soon)),
            ["complete C"] = On(board => Each(board.Complete([new CompleteRequest("C", "worker")], Soon))),
            ["hold A"] = On(board => board.Hold(["A"], new HoldOptions { Timeout = TimeSpan.FromSeconds(1) }).Dispose()),
            ["hold B"] = On(board => board.Hold(["B"], new HoldOptions { Timeout = TimeSpan.FromSeconds(1) }).Dispose()),
            ["lease"] = On(board => _ = board.LockFiles(new FileLeaseRequest(new LeaseHolder("worker"), ["src/a"]), Soon)),
            ["nightly"] = On(board => _ = board.RunAssignment(new AssignmentRunRequest(), Soon)),
            ["sync"] = On(board => _ = board.Sync(Soon)),
            ["metrics"] = On(board => _ = board.GetMetrics()),
            ["topic new"] = InTopics(
                topics => _ = topics.Create(["second"], options: new LockOptions { Timeout = TimeSpan.FromSeconds(1) })),
            ["topic list"] = InTopics(topics => _ = topics.List()),
            ["topic check"] = InTopics(topics => _ = topics.Check()),
            ["topic artifact"] = InTopics(topics => _ = topics.EnsureArtifact(1, "plans")),
        };

    /// <summary>Writes the whole of it into an empty folder.</summary>
    public void CopyTo(string folder)
    {
        TempWorkspace.Copy(_template.Path, folder);
        Directory.CreateDirectory(Path.Combine([folder, .. Places["aside"]]));
        Directory.CreateDirectory(Path.Combine([folder, .. Places["topics"], "001_first"]));
        // A copy begins another life with its first change; that is no matter of this.
        using var board = TaskBoard.Open(folder, new TaskBoardOptions { OneShot = true });
        board.Sync();
    }

    public void Dispose() => _template.Dispose();

    private static Action<string> On(Action<TaskBoard> ask) => folder =>
    {
        using var board = TaskBoard.Open(WorkspacePath.Find(null, folder), new TaskBoardOptions { OneShot = true });
        ask(board);
    };

    private static Action<string> InTopics(Action<TopicStore> ask) => folder =>
    {
        using var topics = TopicStore.Open(WorkspacePath.Find(null, folder), oneShot: true);
        ask(topics);
    };

    private static void Each(IReadOnlyList<TaskOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(outcome => outcome.Refusal is not null) is { } refused)
            throw new TaskLockingException(refused.Refusal!);
    }
}
