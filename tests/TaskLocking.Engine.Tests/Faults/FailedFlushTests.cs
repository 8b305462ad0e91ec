using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using TaskLocking.Workspaces;
using Xunit;
using Worker = TaskLocking.Tests.Processes.Worker;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A flush that fails ends the journal for everybody: whoever comes next, whatever became of who saw it, goes on in another that was
/// written whole from what is verified.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class FailedFlushTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public FailedFlushTests()
    {
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A")]);
    }

    public void Dispose() => _place.Dispose();

    // What the document is made from came to the disk with the commit.
    [Fact]
    public void A_commit_is_flushed_once_before_it_is_shown()
    {
        using (var worker = Worker.Start(
            new Dictionary<string, string> { ["TASKLOCKING_FAULT"] = "journal.flush:2+" }, "define", _place.Path, "B"))
        {
            worker.Ready();
            worker.Go();
            Assert.Equal("defined", Assert.Single(worker.Lines())[0]);
            Assert.Equal(0, worker.WaitForExit());
        }
        Assert.Equal(1, Newest());
        Assert.Contains("\"B\"", File.ReadAllText(new StorePaths(_place.Path).Document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("journal.flush:1")]
    [InlineData("journal.flush:1+")]
    [InlineData("journal.flush:1+,disk.flush:1+")]
    [InlineData("journal.flush:1+,disk.folder:1+")]
    [InlineData("journal.flush:1+,disk.rename:1+")]
    // No word can be left in the folder, nor another journal be begun.
    [InlineData("journal.flush:1+,disk.create:1+")]
    [InlineData("journal.flush:1+,disk.create:1+,disk.flush:1+,disk.folder:1+,disk.rename:1+")]
    // He is gone before he could leave word.
    [InlineData("journal.flush:1!")]
    [InlineData("journal.flush:1+,disk.create:1!")]
    public void The_next_process_begins_another_journal(string fault)
    {
        using (var worker = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_FAULT"] = fault }, "define", _place.Path, "B"))
        {
            worker.Ready();
            worker.Go();
            var lines = worker.Lines();
            if (fault.EndsWith('!'))
                Assert.Equal((Worker.Killed, 0), (worker.WaitForExit(), lines.Count));
            else
                Assert.Equal(["refused", nameof(RefusalCode.CommitUncertain)], Assert.Single(lines));
        }
        using (var next = _place.Open(oneShot: true))
            Assert.Null(next.Define([new TaskDefinition("C")])[0].Refusal);
        AssertLeft(1, "A", "B", "C");
    }

    [Theory]
    [InlineData("begin.after-journal")]
    [InlineData("begin.before-backup")]
    [InlineData("begin.after-backup")]
    public void A_claim_still_counts_where_he_is_killed_while_he_begins_another(string failpoint)
    {
        long token;
        using (var board = _place.Open(oneShot: true))
            token = board.Request(new TaskRequest(new LeaseHolder("bot"))).Task!.Claim!.Token;
        // Whose flush failed has left word of it; the document shows everything.
        File.WriteAllText(_place.In(".todo2", "journal", "0000000001.ended"), "");
        using (var worker = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_FAILPOINT"] = failpoint }, "define", _place.Path,
            "B"))
        {
            worker.Ready();
            worker.Go();
            Assert.Empty(worker.Lines());
            Assert.Equal(Worker.Killed, worker.WaitForExit());
        }
        using var next = _place.Open(oneShot: true);
        Assert.Null(next.Renew([new RenewRequest("A", "bot") { Token = token }])[0].Refusal);
        Assert.DoesNotContain(next.TakeNotices(), notice => notice.Kind == StoreNoticeKind.StorePutBack);
    }

    [Fact]
    public void The_next_command_begins_another_journal()
    {
        using var place = new CliWorkspace().With("A");
        var failed = place.RunScript("exec $WORKER without-flush $TASKLOCK \"$@\"", "task", "new", "B");
        Assert.SkipWhen(failed.ExitCode == 77, "No filter of system calls here.");
        Assert.Equal(RefusalTable.ExitCode(RefusalCode.CommitUncertain), failed.ExitCode);
        Assert.Equal(0, place.Run("task", "new", "C").ExitCode);
        var journals = Path.Combine(place.Folder, ".todo2", "journal");
        Assert.False(File.Exists(Path.Combine(journals, "0000000001.jsonl")));
        Assert.Equal("C", place.Run("task", "get", "C", "--json").Document().GetProperty("id").GetString());
    }

    [Fact]
    public void Already_so_is_no_answer_from_a_journal_whose_flush_has_failed()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        store.Log.Flush.Before = () => throw new IOException("planted");
        Assert.Equal(RefusalCode.CommitUncertain,
            Assert.Throws<TaskLockingException>(() => board.Edit([new TaskEdit("A") { Name = "new" }])).Refusal.Code);
        // He could not begin another, as it seems; neither can the next before the disk works again.
        File.WriteAllText(_place.In(".todo2", "journal", "0000000002.ended"), "");
        store.Log.Flush.Before = null;
        Assert.Null(board.Edit([new TaskEdit("A") { Name = "new" }])[0].Refusal);
        Assert.True(Newest() > 2);
    }

    [Fact]
    public void Who_read_the_backup_before_another_was_begun_goes_on_where_all_do()
    {
        var paths = new StorePaths(_place.Path);
        File.WriteAllText(paths.Ended(1), "");
        var before = File.ReadAllBytes(paths.Backup);
        using (var first = _place.Open(oneShot: true))
            Assert.Null(first.Define([new TaskDefinition("B")])[0].Refusal);
        var after = File.ReadAllBytes(paths.Backup);
        Assert.True(File.Exists(paths.Ended(1)) && !File.Exists(paths.Journal(1)));
        // Only the backup leads; he has it in his hands while it is replaced, and then finds the journal that it names under its last name.
        File.Delete(paths.Document);
        File.Delete(paths.Published);
        File.WriteAllBytes(paths.Backup, before);
        using var late = _place.Open(oneShot: true);
        Assert.Null(late.FindTask("B"));
        File.WriteAllBytes(paths.Backup, after);
        Assert.Null(late.Define([new TaskDefinition("C")])[0].Refusal);
        AssertLeft(1, "A", "B", "C");
    }

    [Fact]
    public void Those_that_live_go_on_in_another_journal_too()
    {
        using var failing = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_FAULT"] = "journal.flush:3+" }, "steps",
            _place.Path, "failing");
        using var sound = Worker.Start("steps", _place.Path, "sound");
        Step(sound, 4);
        var told = Step(failing, 4);
        for (var round = 0; round < 6; round++)
        {
            var before = Newest();
            told.AddRange(Step(failing, 2));
            var isFailed = told[^1][0] == "refused";
            Assert.All(Step(sound, 2), line => Assert.Equal("defined", line[0]));
            Assert.True(!isFailed || Newest() > before);
        }
        Assert.All(told.Where(line => line[0] == "refused"), line => Assert.Equal(nameof(RefusalCode.CommitUncertain), line[1]));
        Assert.Contains(told, line => line[0] == "refused");
        using var board = _place.Open();
        Assert.Equal(16, board.GetTasks().Count(task => task.Id.StartsWith("sound", StringComparison.Ordinal)));
        Assert.All(told.Where(line => line[0] == "defined"), line => Assert.NotNull(board.FindTask(line[2])));
    }

    [Fact]
    public void A_thread_that_waited_for_the_same_flush_is_not_told_success()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        board.Edit([new TaskEdit("A") { Name = "first" }]);
        var journal = store.Log.Source.Image!.Journal!;
        journal.Fail();
        // On one descriptor the system tells of an error once; who comes after that is told by us.
        Assert.Throws<IOException>(journal.Flush);
        Assert.Throws<IOException>(() => journal.Flush(store.Log.Source.Image.Offset, store.Log.Source.Image.Offset + 10));
        Assert.Null(board.Edit([new TaskEdit("A") { Name = "second" }])[0].Refusal);
        AssertLeft(1, "A");
    }

    private static List<string[]> Step(Worker worker, int count)
    {
        worker.Send(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var told = new List<string[]>();
        while (worker.ReadLine() is { } line && (line[0] != "READY" || told.Count == 0))
        {
            if (line[0] != "READY")
                told.Add(line);
        }
        return told;
    }

    private long Newest()
    {
        using var image = StoreLoader.Load(new StorePaths(_place.Path));
        return image.Journal!.Sequence;
    }

    private void AssertLeft(long journal, params string[] ids)
    {
        var paths = new StorePaths(_place.Path);
        Assert.True(Newest() > journal);
        Assert.False(File.Exists(paths.Journal(journal)));
        Assert.True(File.Exists(paths.Ended(journal)));
        using (var board = _place.Open(oneShot: true))
            Assert.Equal(ids, board.GetTasks().Select(task => task.Id));
        // The backup leads there as well.
        File.Delete(_place.Document);
        using var again = _place.Open(oneShot: true);
        Assert.Equal(ids, again.GetTasks().Select(task => task.Id));
    }
}
