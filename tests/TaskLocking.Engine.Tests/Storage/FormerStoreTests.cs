using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// A store that an earlier build wrote, in Former/: document, backup and journal, beside the tasks as that build itself showed them.
/// Whatever is built anew inside, it is read as it was written and goes on from there.
/// </summary>
public sealed class FormerStoreTests : IDisposable
{
    private static readonly string Former = Path.Combine(Repository.Root, "tests", "TaskLocking.Engine.Tests", "Storage", "Former");
    private static readonly DateTimeOffset Then = new(2026, 11, 29, 22, 0, 0, TimeSpan.Zero);

    private readonly TempWorkspace _workspace = new(inMemory: true);

    public FormerStoreTests() => TempWorkspace.Copy(Former, _workspace.Store);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("document, backup and journal")]
    [InlineData("backup and journal")]
    [InlineData("document and journal")]
    public void It_is_read_as_it_was_written(string files)
    {
        if (!files.Contains("document", StringComparison.Ordinal))
            File.Delete(_workspace.Document);
        if (!files.Contains("backup", StringComparison.Ordinal))
            File.Delete(_workspace.Backup);
        using var board = Open();
        var shown = board.GetTasks().Select(task => JsonNode.Parse(task.ToJson())).ToList();
        var expected = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Former, "tasks.json")))!.AsArray();
        Assert.Equal(expected.Count, shown.Count);
        // Behind a backup the members that we keep come in the order of their changes.
        Assert.All(shown.Zip(expected), pair => Assert.True(JsonNode.DeepEquals(pair.First, pair.Second), $"{pair.Second}: {pair.First}"));
    }

    [Fact]
    public void Without_what_its_journal_began_with_it_is_damaged_and_stays()
    {
        File.Delete(_workspace.Document);
        File.Delete(_workspace.Backup);
        using var board = Open();
        Assert.Equal(RefusalCode.StateCorrupt, Assert.Throws<TaskLockingException>(() => board.GetTasks()).Refusal.Code);
        Assert.Equal(Journal(Path.Combine(Former, "journal")), Journal(_workspace.Journals));
    }

    [Fact]
    public void It_goes_on_from_there()
    {
        var journal = Journal(_workspace.Journals);
        using (var board = Open())
        {
            Assert.Equal(["ann", "bot"], board.GetAgents().Select(agent => agent.Name));
            Assert.Equal(["docs/x.md", "src/**/*.ts", "src/a.cs"], board.GetFileLeases().Select(lease => lease.Path));
            // The claim of that build holds, with its token.
            var claim = board.FindTask("T-3")!.Claim!;
            Assert.Null(board.Start([new StartRequest("T-3", new LeaseHolder("other")) { Token = claim.Token }])[0].Refusal);
            var done = board.Complete([new CompleteRequest("T-3", "other") { Token = claim.Token }]);
            Assert.Null(done[0].Refusal);
            Assert.True(done[0].Task!.Version > claim.Token);
        }
        Assert.Equal(journal, Journal(_workspace.Journals).Take(journal.Length));
        using var again = Open();
        Assert.Equal(AgentTaskStatus.Done, again.FindTask("T-3")!.Status);
        Assert.Equal(10, again.GetTasks().Count);
    }

    private static byte[] Journal(string folder) => File.ReadAllBytes(Path.Combine(folder, "0000000001.jsonl"));

    private TaskBoard Open() => TaskBoard.Open(_workspace.Path, new TaskBoardOptions { Clock = new StoppedClock(Then), OneShot = true });
}
