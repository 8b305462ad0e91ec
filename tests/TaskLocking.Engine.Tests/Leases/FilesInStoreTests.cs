using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>Agents and leases on files live through everything that tasks live through.</summary>
public sealed class FilesInStoreTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public FilesInStoreTests()
    {
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A")]);
        board.RegisterAgents([new AgentProfile("a", Host: "h", Capabilities: ["gpu"]), new AgentProfile("b")]);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("a") { Host = "elsewhere", Pid = 5, ProcessStart = "s" },
            ["src/**", "b \"ü\".md"]));
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("b"), ["docs/**"]) { IsShared = true });
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public void They_are_there_after_reopening()
    {
        using var board = _place.Open();
        AssertAll(board);
        var lease = board.GetFileLeases("a")[0];
        Assert.Equal(("b \"ü\".md", "elsewhere", 5, "s", false), (lease.Path, lease.Host, lease.Pid, lease.ProcessStart, lease.IsShared));
        Assert.True(board.GetFileLeases("b")[0].IsShared);
    }

    [Fact]
    public void The_document_alone_has_them()
    {
        using (var board = _place.Open())
            board.Sync();
        Directory.Delete(_place.Journals, recursive: true);
        File.Delete(_place.Backup);
        using var again = _place.Open();
        AssertAll(again);
        again.UnlockFiles(new FileUnlockRequest("b"));
        Assert.Equal(2, again.GetFileLeases().Count);
    }

    [Fact]
    public void The_journal_alone_has_them()
    {
        File.Delete(_place.Document);
        File.Delete(_place.Backup);
        using var board = _place.Open();
        AssertAll(board);
    }

    [Fact]
    public void A_checkpoint_carries_them_on()
    {
        using (var board = _place.Open(oneShot: true))
        {
            board.Define(Enumerable.Range(0, 5)
                .Select(number => new TaskDefinition("long-" + number) { Content = new string('x', 990_000) }).ToList());
            board.Sync();
            AssertAll(board);
        }
        var newest = Directory.GetFiles(_place.Journals, "*.jsonl").Order(StringComparer.Ordinal).Last();
        Assert.DoesNotContain("\"record\"", File.ReadAllText(newest), StringComparison.Ordinal);
        using var again = _place.Open();
        AssertAll(again);
    }

    [Fact]
    public void Of_a_cut_journal_what_is_whole_stays()
    {
        var files = StoreFiles.Of(_place);
        var journal = Directory.GetFiles(_place.Journals, "*.jsonl").Single();
        var name = Path.GetRelativePath(_place.Store, journal);
        // The last line gave b his lease.
        files.With(name, files[name][..^3]).Without("state.todo2.json").Without("state.todo2.json.bak").Restore();
        using var board = _place.Open();
        Assert.Equal(2, board.GetAgents().Count);
        Assert.Equal(["a", "a"], board.GetFileLeases().Select(lease => lease.Agent));
        Assert.True(board.LockFiles(new FileLeaseRequest(new LeaseHolder("c"), ["docs/x"])).Success);
        Assert.False(board.LockFiles(new FileLeaseRequest(new LeaseHolder("c"), ["src/x"])).Success);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_foreign_rewrite_of_the_document_does_not_touch_them(bool keepsMark)
    {
        var theirs = JsonNode.Parse(File.ReadAllText(_place.Document))!.AsObject();
        theirs["todos"]!.AsArray()[0]!["name"] = "theirs";
        if (keepsMark)
        {
            theirs["taskLocking"]!["files"] = new JsonArray();
            theirs["taskLocking"]!["agents"]!.AsArray().Add(new JsonObject { ["name"] = "intruder" });
        }
        else
        {
            theirs.Remove("taskLocking");
        }
        File.WriteAllText(_place.Document, theirs.ToJsonString());
        using (var board = _place.Open(oneShot: true))
        {
            AssertAll(board);
            Assert.Equal("theirs", board.FindTask("A")!.Name);
            board.Edit([new TaskEdit("A") { Content = "go on" }]);
            AssertAll(board);
        }
        Assert.Equal(2, JsonNode.Parse(File.ReadAllText(_place.Document))!["taskLocking"]!["agents"]!.AsArray().Count);
        using var again = _place.Open();
        AssertAll(again);
    }

    [Fact]
    public void A_task_names_its_files_as_leases_do()
    {
        using var board = _place.Open();
        Directory.CreateDirectory(_place.In("lib"));
        var task = Assert.Single(board.Define([new TaskDefinition("B") { Files = ["./x/../y.cs", "lib", _place.In("z", "*.md")] }])).Task!;
        Assert.Equal(["y.cs", "lib/**", "z/*.md"], task.Files);
        Assert.Equal(["q"], Assert.Single(board.Edit([new TaskEdit("B") { Files = ["./q", "q"] }])).Task!.Files);
        var outcomes = board.Define([new TaskDefinition("C") { Files = ["a**"] }, new TaskDefinition("D") { Files = ["./d"] }]);
        Assert.Equal([RefusalCode.InvalidArgument, null], outcomes.Select(outcome => outcome.Refusal?.Code));
        Assert.Equal(["d"], outcomes[1].Task!.Files);
    }

    private static void AssertAll(TaskBoard board)
    {
        Assert.Equal(["a", "b"], board.GetAgents().Select(agent => agent.Name));
        Assert.Equal(["gpu"], board.GetAgents()[0].Capabilities);
        Assert.Equal(["a:b \"ü\".md", "b:docs/**", "a:src/**"], board.GetFileLeases().Select(lease => lease.Agent + ":" + lease.Path));
    }
}
