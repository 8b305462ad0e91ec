using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// A store that was copied, or put back to an earlier state, begins another life: it never gives out, nor takes, a token or a version of
/// the future that was lost. A store that was only moved, or is seen under another name, goes on as it was.
/// </summary>
public sealed class PutBackTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public PutBackTests()
    {
        Assert.SkipUnless(LocalFileSystem.Has(_place.Path), "Files have no lasting identity here.");
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("folder")] // rm -rf .todo2; cp -a saved .todo2
    [InlineData("beside")] // mv saved .todo2, as a tar would have made it
    [InlineData("in place")] // cp saved/journal/* .todo2/journal/, and the rest
    [InlineData("journal in place")]
    [InlineData("journal")]
    public void A_token_of_the_lost_future_is_never_given_nor_taken_again(string how)
    {
        var saved = _place.In("saved");
        TempWorkspace.Copy(_place.Store, saved);
        var lost = Claim("bot");
        var version = Rename("B", "lost");
        PutBack(how, saved);

        using (var board = _place.Open(oneShot: true))
        {
            // With the newer document still there the claim is, too; else it is gone with its token.
            var before = board.FindTask("A")!.Claim?.Token;
            Assert.True(before is null || before == lost);
            var refusal = board.Edit([new TaskEdit("B") { Name = "by who remembers", IfVersion = version }])[0].Refusal;
            Assert.True(board.FindTask("B")!.Name == "by who remembers" ? refusal is null && before == lost
                : refusal!.Code == RefusalCode.VersionChanged);
            if (before is null)
                Assert.Equal(RefusalCode.LeaseLost, board.Complete([new CompleteRequest("A", "bot") { Token = lost }])[0].Refusal!.Code);
            else
                Assert.Null(board.Unassign(new UnassignmentRequest(["A"]) { From = "bot" }).Failed.SingleOrDefault());
        }
        var token = Claim("bot");
        Assert.True(token > lost + 1000, $"{token} after {lost}");
        Assert.True(token < StoreLife.HighestVersion);
        using (var board = _place.Open(oneShot: true))
            Assert.Equal(RefusalCode.LeaseLost,
                board.Start([new StartRequest("A", new LeaseHolder("bot")) { Token = lost }])[0].Refusal!.Code);
        AssertGoesOn();
    }

    [Fact]
    public void A_document_that_a_power_cut_brought_back_is_no_copy()
    {
        var token = Claim("bot");
        var paths = new StorePaths(_place.Path);
        // What took its place, and was told, did not come to the disk.
        File.Move(paths.Document, _place.In("before"));
        File.Copy(_place.In("before"), paths.Document);
        new PublishedStamp(PublishedStamp.Read(paths)!.Version, FileStamp.Of(paths.Document)!.Value).Write(paths);
        File.Move(_place.In("before"), paths.Document, overwrite: true);
        using var board = _place.Open(oneShot: true);
        Assert.Null(board.Renew([new RenewRequest("A", "bot") { Token = token }])[0].Refusal);
        Assert.DoesNotContain(board.TakeNotices(), notice => notice.Kind == StoreNoticeKind.StorePutBack);
    }

    [Fact]
    public void Who_lived_while_it_was_put_back_begins_another_life_for_all()
    {
        using var living = _place.Open();
        living.Edit([new TaskEdit("B") { Name = "first" }]);
        living.Sync();
        var saved = StoreFiles.Of(_place);
        var lost = living.Edit([new TaskEdit("B") { Name = "lost" }])[0].Task!.Version;
        living.Sync();
        OverwriteInPlace(saved);
        // Whoever comes next is the one that knows nothing.
        var now = living.Edit([new TaskEdit("B") { Name = "again" }])[0].Task!.Version;
        Assert.True(now > lost + 1000);
        var epoch = Epoch();
        Assert.True(Rename("B", "by another") > now);
        Assert.Equal(epoch, Epoch());
    }

    [Fact]
    public void A_copy_and_its_original_are_two_stores()
    {
        using var other = new TempWorkspace();
        TempWorkspace.Copy(_place.Store, other.Store);
        var (epoch, version) = (Epoch(), Version());
        Assert.Equal(version + 1, Rename("A", "here"));
        Assert.Equal(epoch, Epoch());
        using (var board = other.Open(oneShot: true))
            Assert.True(board.Edit([new TaskEdit("A") { Name = "there" }])[0].Task!.Version > version + 1000);
        using var image = StoreLoader.Load(new StorePaths(other.Path));
        Assert.NotEqual(epoch, image.Epoch);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_with_our_mark_or_our_claims_and_nothing_else_begins_another_life(bool hasMark)
    {
        var lost = Claim("bot");
        var document = JsonNode.Parse(File.ReadAllText(_place.Document))!.AsObject();
        if (!hasMark)
            document.Remove("taskLocking");
        var text = hasMark ? File.ReadAllText(_place.Document) : document.ToJsonString();
        // As after git clean -fdx, or in a clone.
        Directory.Delete(_place.Store, recursive: true);
        Directory.CreateDirectory(_place.Store);
        File.WriteAllText(_place.Document, text);

        Assert.True(Rename("B", "now") > lost + 1000);
        using (var board = _place.Open(oneShot: true))
            Assert.Equal(lost, board.FindTask("A")!.Claim!.Token);
        AssertGoesOn();
    }

    [Fact]
    public void A_document_that_never_was_ours_begins_a_first_life()
    {
        Directory.Delete(_place.Store, recursive: true);
        Directory.CreateDirectory(_place.Store);
        File.WriteAllText(_place.Document, """{"todos":[{"id":"B","name":"b"}]}""");
        Assert.Equal(1, Rename("B", "now"));
        Assert.Equal(2, Rename("B", "then"));
    }

    [Fact]
    public void A_clock_that_is_wrong_takes_nothing_back()
    {
        var clock = new MovedClock();
        long last = Version();
        foreach (var move in new[] { TimeSpan.FromDays(-9000), TimeSpan.FromDays(9000), TimeSpan.FromDays(2_000_000),
            TimeSpan.FromDays(-2_000_000) })
        {
            clock.Move(move);
            Copy();
            using var board = TaskBoard.Open(_place.Path, new TaskBoardOptions { OneShot = true, Clock = clock });
            var now = board.Edit([new TaskEdit("A") { Name = "at " + move }])[0].Task!.Version;
            Assert.True(now > last + 1000, $"{now} after {last}");
            Assert.True(now < StoreLife.HighestVersion);
            last = now;
        }
    }

    [Fact]
    public void A_store_that_was_moved_or_is_seen_through_a_link_goes_on()
    {
        var (epoch, version) = (Epoch(), Version());
        Directory.Move(_place.Store, _place.In("moved"));
        Directory.Move(_place.In("moved"), _place.Store);
        Assert.Equal(version + 1, Rename("A", "moved"));
        Directory.Move(_place.Store, _place.In("elsewhere"));
        Directory.CreateSymbolicLink(_place.Store, _place.In("elsewhere"));
        Assert.Equal(version + 2, Rename("A", "linked"));
        Assert.Equal(epoch, Epoch());
        AssertGoesOn();
    }

    [Theory]
    [InlineData("touch")]
    [InlineData("rewrite")]
    [InlineData("stamp")]
    [InlineData("document")]
    public void What_others_do_to_the_document_is_no_other_life(string what)
    {
        var epoch = Epoch();
        if (what == "touch")
            File.SetLastWriteTimeUtc(_place.Document, DateTime.UtcNow.AddSeconds(-5));
        if (what == "rewrite")
            File.WriteAllText(_place.Document, File.ReadAllText(_place.Document)
                .Replace("\"name\":\"A\"", "\"name\":\"Ä\"", StringComparison.Ordinal));
        if (what == "stamp")
            File.Delete(new StorePaths(_place.Path).Published);
        if (what == "document")
            File.Delete(_place.Document);
        Rename("B", "next");
        Assert.Equal(epoch, Epoch());
    }

    [Fact]
    public void A_document_that_is_another_file_with_the_same_text_is_nothing_to_tell() // git stash; git stash pop
    {
        var bytes = File.ReadAllBytes(_place.Document);
        File.Move(_place.Document, _place.In("before"));
        File.WriteAllBytes(_place.Document, bytes);
        using (var board = _place.Open(oneShot: true))
        {
            Assert.Null(board.Edit([new TaskEdit("B") { Name = "next" }])[0].Refusal);
            Assert.Empty(board.TakeNotices());
        }
        AssertGoesOn();
    }

    [Fact]
    public void A_journal_of_an_older_build_names_no_file_and_goes_on_until_the_next_one_does()
    {
        var paths = new StorePaths(_place.Path);
        using (var image = StoreLoader.Load(paths))
            WithoutIdentity(paths, image);
        Assert.DoesNotContain("\"file\":", File.ReadAllText(paths.Journal(1)), StringComparison.Ordinal);
        var epoch = Epoch();
        Rename("A", "old");
        Copy();
        File.Delete(paths.Published); // which alone would tell
        Rename("A", "old too");
        Assert.Equal(epoch, Epoch());
        using (var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true }))
        {
            store.Read();
            store.Log.Publisher.Checkpoint();
        }
        Assert.Contains("\"file\":", File.ReadAllText(paths.Journal(2)), StringComparison.Ordinal);
        Copy();
        Rename("A", "new");
        Assert.NotEqual(epoch, Epoch());
    }

    [Theory]
    [InlineData("1a-2b", 0x1a, 0x2b, true)]
    [InlineData("1a-2b", 0x1a, 0x2c, false)]
    [InlineData("1a-2b", 0x1b, 0x2b, false)]
    [InlineData("1a-0", 0x1a, 0x2b, true)] // The file system told no birth then, or the system does not tell it now.
    [InlineData("1a-2b", 0x1a, 0, true)]
    [InlineData("1a-2b", 0, 0, true)]
    [InlineData("what a later version writes", 0x1a, 0x2b, true)]
    [InlineData(null, 0x1a, 0x2b, true)]
    public void A_file_is_known_by_what_the_system_tells_of_it(string? told, long inode, long created, bool isSame) =>
        Assert.Equal(isSame,
            new JournalHeader(1, "e", 0, BeginsEmpty: false, told, 0, 0).IsOf(new FileStamp(9, 9, created, 9, (ulong)inode, 9)));

    private void PutBack(string how, string saved)
    {
        if (how is "folder" or "beside")
        {
            Directory.Delete(_place.Store, recursive: true);
            if (how == "folder")
                TempWorkspace.Copy(saved, _place.Store);
            else
                Directory.Move(saved, _place.Store);
            return;
        }
        foreach (var from in Directory.GetFiles(saved, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(saved, from);
            if (how != "in place" && !name.EndsWith(".jsonl", StringComparison.Ordinal)
                || name.StartsWith("metrics", StringComparison.Ordinal))
                continue;
            if (how == "journal")
                File.Delete(Path.Combine(_place.Store, name));
            File.WriteAllBytes(Path.Combine(_place.Store, name), File.ReadAllBytes(from));
        }
    }

    private void OverwriteInPlace(StoreFiles saved)
    {
        foreach (var name in saved.Names)
            File.WriteAllBytes(Path.Combine(_place.Store, name), saved[name]);
    }

    private void Copy()
    {
        TempWorkspace.Copy(_place.Store, _place.In("copy"));
        Directory.Delete(_place.Store, recursive: true);
        Directory.Move(_place.In("copy"), _place.Store);
    }

    // As it was written before headers named their files: the same lines, chained anew.
    private void WithoutIdentity(StorePaths paths, StoreImage image)
    {
        var header = JournalHeader.Line(1, image.Epoch, 0, beginsEmpty: true, file: null);
        var journal = new ByteBuffer();
        journal.Write(header.Written);
        var chain = JournalHeader.Parse(header.Written)!.Chain;
        foreach (var line in File.ReadLines(paths.Journal(1)).Skip(1))
        {
            var anew = new ByteBuffer();
            anew.Write(line[..^(JournalLine.TailLength - 1)]);
            chain = JournalLine.Seal(anew, chain);
            journal.Write(anew.Written);
        }
        File.WriteAllBytes(paths.Journal(1), journal.ToArray());
        File.Delete(_place.Document);
        File.Delete(_place.Backup);
        File.Delete(paths.Published);
    }

    private long Claim(string agent)
    {
        using var board = _place.Open(oneShot: true);
        return board.Request(new TaskRequest(new LeaseHolder(agent)) { Ttl = TimeSpan.FromDays(1) }).Task!.Claim!.Token;
    }

    private long Rename(string id, string name)
    {
        using var board = _place.Open(oneShot: true);
        return board.Edit([new TaskEdit(id) { Name = name }])[0].Task!.Version;
    }

    private string Epoch()
    {
        using var image = StoreLoader.Load(new StorePaths(_place.Path));
        return image.Epoch;
    }

    private long Version()
    {
        using var image = StoreLoader.Load(new StorePaths(_place.Path));
        return image.State.Version;
    }

    // A life begins once, not with every command.
    private void AssertGoesOn()
    {
        var (epoch, version) = (Epoch(), Version());
        for (var round = 1; round <= 3; round++)
            Assert.Equal(version + round, Rename("B", "round " + round));
        Assert.Equal(epoch, Epoch());
        using var image = StoreLoader.Load(new StorePaths(_place.Path));
        Assert.False(image.MustBegin);
    }
}
