using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// A store as a fleet leaves it: tasks with history, dependencies, claims and failures, some removed; agents; file leases; a checkpoint in
/// the middle. Its document at three moments: newest, some commits behind, and from before the checkpoint.
/// </summary>
internal sealed class FlipScene : IDisposable
{
    public const string Document = "state.todo2.json";
    public const string Backup = "state.todo2.json.bak";

    private readonly StoreFiles _files;
    private readonly List<(byte[] Bytes, long Version)> _documents = [];

    public FlipScene()
    {
        Fill();
        _documents.Reverse();
        _files = StoreFiles.Of(Place);
        Journals = _files.Names.Where(name => name.StartsWith("journal", StringComparison.Ordinal)
            && name.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, Journals.Length);
        using var board = Place.Open();
        Truth = FlipState.Of(board);
        Removed = Enumerable.Range(0, 6).Select(number => $"gone-{number}").ToArray();
        Assert.DoesNotContain(Removed, Truth.Tasks.ContainsKey);
    }

    public TempWorkspace Place { get; } = new(inMemory: true);

    /// <summary>Every acknowledged change.</summary>
    public FlipState Truth { get; }

    /// <summary>The ids that were removed, all of them shown by the older documents.</summary>
    public IReadOnlyList<string> Removed { get; }

    /// <summary>The sealed journal and the one behind it, by their paths below the folder.</summary>
    public string[] Journals { get; }

    /// <summary>How many moments there are.</summary>
    public int Moments => _documents.Count;

    public static string Published => Path.Combine("journal", "published");

    /// <summary>Puts the folder back as it was, with the document of a moment, 0 the newest, and its stamp; gives all files.</summary>
    public StoreFiles Restore(int moment)
    {
        var (bytes, version) = _documents[moment];
        var files = _files.With(Document, bytes);
        files.Restore();
        new PublishedStamp(version, FileStamp.Of(Place.Document)!.Value).Write(new StorePaths(Place.Path));
        return files.With(Published, File.ReadAllBytes(Place.In(".todo2", Published)));
    }

    public void Dispose() => Place.Dispose();

    private void Fill()
    {
        using var store = new FileTaskStore(Place.Path, new TaskBoardOptions { OneShot = true });
        using var board = new TaskBoard(store, Place.Path, new LockSession(), new TaskBoardOptions { OneShot = true });
        board.RegisterAgents([new AgentProfile("ada", Capabilities: ["gpu"]), new AgentProfile("björn", MaxTasks: 9)]);
        for (var number = 0; number < 24; number++)
            board.Define([new TaskDefinition($"T-{number}") { Name = $"Näme {number}", Content = $"does \"{number}\" @ home",
                Tags = ["x", "y"], Priority = (TaskPriority)(number % 4), Dependencies = number % 5 == 4 ? ["T-0"] : [] }]);
        board.Define([.. Enumerable.Range(0, 6).Select(number => new TaskDefinition($"gone-{number}") { Swarm = "other" })]);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("ada"), ["src/a.cs", "docs/**"]));
        Claim(board, "ada");
        Remember(store);
        board.Remove([.. Enumerable.Range(0, 3).Select(number => new TaskRemoval($"gone-{number}"))]);
        store.Log.Publisher.Checkpoint();
        for (var number = 0; number < 8; number++)
            board.Edit([new TaskEdit($"T-{number}") { Name = $"Changed {number}" }]);
        Claim(board, "björn");
        Remember(store);
        board.Remove([.. Enumerable.Range(3, 3).Select(number => new TaskRemoval($"gone-{number}"))]);
        for (var number = 8; number < 16; number++)
            board.Edit([new TaskEdit($"T-{number}") { Content = $"later {number}" }]);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("björn"), ["src/b.cs"]));
        Claim(board, "ada");
        board.Define([.. Enumerable.Range(0, 12).Select(number => new TaskDefinition($"N-{number}"))]);
        board.RegisterAgents([new AgentProfile("cy")]);
        Remember(store);
    }

    private void Remember(FileTaskStore store) =>
        _documents.Add((File.ReadAllBytes(Place.Document), store.Log.Source.Image!.State.Version));

    private static void Claim(TaskBoard board, string agent)
    {
        var holder = new LeaseHolder(agent);
        var claim = board.Request(new TaskRequest(holder) { Ttl = TimeSpan.FromDays(9) }).Task!;
        Assert.Null(board.Start([new StartRequest(claim.Id, holder) { Token = claim.Claim!.Token }]).Single().Refusal);
    }
}
