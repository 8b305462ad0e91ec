using System;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Verified is what counts, not long: where a journal is not what its length says, a whole document that is ahead of what can be verified
/// is the newest there is. Where commits may stand that it does not show, the store refuses and changes nothing.
/// </summary>
public sealed class VerifiedReachTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly StorePaths _paths;

    public VerifiedReachTests()
    {
        _paths = new StorePaths(_place.Path);
        for (var number = 1; number <= 4; number++)
            Define("T-" + number);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(2, true)]
    public void A_document_is_newer_than_a_journal_whose_end_is_zeros(int from, bool isRubbish)
    {
        var end = LineStart(from);
        Overwrite(_paths.Journal(1), end, isRubbish);
        AssertGoesOn("T-1", "T-2", "T-3", "T-4");
    }

    [Fact]
    public void A_document_is_newer_than_a_journal_of_nothing_but_zeros()
    {
        Overwrite(_paths.Journal(1), 0);
        AssertGoesOn("T-1", "T-2", "T-3", "T-4");
    }

    [Fact]
    public void A_document_is_newer_than_a_journal_without_a_header()
    {
        Overwrite(_paths.Journal(1), 0, until: LineStart(1));
        AssertGoesOn("T-1", "T-2", "T-3", "T-4");
    }

    [Fact]
    public void A_backup_is_newer_than_a_journal_whose_end_is_zeros()
    {
        BackUp();
        File.Delete(_paths.Document);
        Overwrite(_paths.Journal(1), LineStart(2));
        AssertGoesOn("T-1", "T-2", "T-3", "T-4");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_is_newer_than_the_second_journal(bool isMissing)
    {
        Checkpoint();
        Define("T-5");
        Define("T-6");
        if (isMissing)
            File.Delete(_paths.Journal(2));
        else
            Overwrite(_paths.Journal(2), LineStart(1, journal: 2));
        AssertGoesOn("T-1", "T-2", "T-3", "T-4", "T-5", "T-6");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_sealed_journal_is_not_needed_any_more(bool isMissing)
    {
        Checkpoint();
        Define("T-5");
        if (isMissing)
            File.Delete(_paths.Journal(1));
        else
            Overwrite(_paths.Journal(1), 0);
        AssertGoesOn("T-1", "T-2", "T-3", "T-4", "T-5");
    }

    [Fact]
    public void A_document_that_lags_does_not_win_over_lines_that_are_whole()
    {
        var shown = File.ReadAllBytes(_paths.Document);
        Define("T-5");
        File.WriteAllBytes(_paths.Document, shown);
        File.Delete(_paths.Published);
        // What the document shows is damaged below it, what it does not show is not.
        Overwrite(_paths.Journal(1), LineStart(2), until: LineStart(3));
        using (var board = _place.Open(oneShot: true))
            Assert.Equal(["T-1", "T-2", "T-3", "T-4", "T-5"], board.GetTasks().Select(task => task.Id));
        Define("afterwards");
        using var again = _place.Open(oneShot: true);
        Assert.Equal(["T-1", "T-2", "T-3", "T-4", "T-5", "afterwards"], again.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void A_document_that_lags_behind_damaged_lines_is_not_taken_for_the_newest()
    {
        var shown = File.ReadAllBytes(_paths.Document);
        Define("T-5");
        Define("T-6");
        File.WriteAllBytes(_paths.Document, shown);
        File.Delete(_paths.Published);
        Flip(_paths.Journal(1), LineStart(5) + 40);
        var journal = File.ReadAllBytes(_paths.Journal(1));
        using var board = _place.Open(oneShot: true);
        foreach (var act in new Action[] { () => board.GetTasks(), () => board.Define([new TaskDefinition("X")]) })
            Assert.Equal((RefusalCode.StateCorrupt, _paths.Journal(1)),
                (Assert.Throws<TaskLockingException>(act).Refusal is var refusal ? refusal.Code : default, refusal.Path));
        Assert.Equal(journal, File.ReadAllBytes(_paths.Journal(1)));
    }

    [Fact]
    public void Who_lives_notices_that_the_end_of_the_journal_was_overwritten()
    {
        using var living = _place.Open();
        Assert.Null(living.Edit([new TaskEdit("T-1") { Name = "sure" }])[0].Refusal);
        living.Sync();
        Overwrite(_paths.Journal(1), LineStart(3));
        Assert.Null(living.Edit([new TaskEdit("T-2") { Name = "later" }])[0].Refusal);
        Assert.Equal(("sure", "later"), (living.FindTask("T-1")!.Name, living.FindTask("T-2")!.Name));
        living.Dispose();
        AssertGoesOn("T-1", "T-2", "T-3", "T-4");
    }

    private void AssertGoesOn(params string[] ids)
    {
        using (var board = _place.Open(oneShot: true))
        {
            Assert.Equal(ids, board.GetTasks().Select(task => task.Id));
            Assert.Null(board.Define([new TaskDefinition("afterwards")])[0].Refusal);
        }
        // By whichever way it is read.
        foreach (var gone in new[] { _paths.Published, _paths.Document })
        {
            File.Delete(gone);
            using var again = _place.Open(oneShot: true);
            Assert.Equal([.. ids, "afterwards"], again.GetTasks().Select(task => task.Id));
        }
    }

    private void Define(string id)
    {
        using var board = _place.Open(oneShot: true);
        Assert.Null(board.Define([new TaskDefinition(id)])[0].Refusal);
    }

    private void Checkpoint()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        store.Read();
        store.Log.Publisher.Checkpoint();
    }

    // A backup of all there is, in the same journal: as between the two steps of a checkpoint.
    private void BackUp() => File.Copy(_paths.Document, _paths.Backup, overwrite: true);

    private int LineStart(int number, long journal = 1)
    {
        var bytes = File.ReadAllBytes(_paths.Journal(journal));
        return Enumerable.Range(0, bytes.Length).Where(at => bytes[at] == '\n').ElementAt(number - 1) + 1;
    }

    private static void Overwrite(string path, int from, bool isRubbish = false, int until = int.MaxValue)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[Math.Min(until, file.Length) - from];
        if (isRubbish)
            Array.Fill(bytes, (byte)'x');
        file.Position = from;
        file.Write(bytes);
    }

    private static void Flip(string path, int at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite) { Position = at };
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }
}
