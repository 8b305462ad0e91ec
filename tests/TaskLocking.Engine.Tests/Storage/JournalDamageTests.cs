using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Storage;

public sealed class JournalDamageTests : IDisposable
{
    private readonly TenCommits _ten = new();

    public void Dispose() => _ten.Dispose();

    [Fact]
    public void Cut_at_every_byte_the_whole_lines_stay_and_the_store_goes_on()
    {
        var journal = _ten.Journal;
        for (var length = 0; length <= journal.Length; length++)
        {
            _ten.Behind.With(TenCommits.JournalName, journal[..length]).Restore();
            // The first line behind the header belongs to the beginning, which the document shows already.
            var whole = _ten.Ends.Count(end => end <= length);
            using (var board = _ten.Place.Open())
                Assert.Equal(whole, TenCommits.Look(board));
            _ten.GoOn(whole);
        }
    }

    [Fact]
    public void Cut_at_every_byte_below_a_current_document_nothing_is_missing()
    {
        var journal = _ten.Journal;
        for (var length = 0; length <= journal.Length; length += length % 7 + 1)
        {
            _ten.Newest.With(TenCommits.JournalName, journal[..length]).Restore();
            using (var board = _ten.Place.Open())
                Assert.Equal(TenCommits.Count, TenCommits.Look(board));
            // A version that somebody remembers from before must not come again.
            Assert.True(_ten.GoOn(TenCommits.Count) > TenCommits.Count + 1, $"cut at {length}");
        }
    }

    [Fact]
    public void Without_document_and_backup_the_journal_alone_leads_there()
    {
        _ten.Newest.Without(TenCommits.Document).Without(TenCommits.Document + ".bak").Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        _ten.GoOn(TenCommits.Count);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("{")]
    [InlineData("}\n")]
    [InlineData("garbage without an end")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Garbage_behind_the_last_line_is_cut_and_kept(string garbage)
    {
        _ten.Behind.With(TenCommits.JournalName, [.. _ten.Journal, .. Encoding.UTF8.GetBytes(garbage)]).Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        Assert.Empty(_ten.Aside());
        _ten.GoOn(TenCommits.Count);
        Assert.Equal(garbage, File.ReadAllText(Assert.Single(_ten.Aside())));
    }

    [Theory]
    [InlineData("{\"v\":12,\"op\":[],\"c\":\"00000000\"}\n")]
    [InlineData("{\"v\":12,\"op\":[],\"c\":\"00000000\"}\v")]
    public void A_last_line_that_was_whole_is_no_torn_end_and_is_never_cut(string line)
    {
        byte[] journal = [.. _ten.Journal, .. Encoding.UTF8.GetBytes(line)];
        _ten.Behind.With(TenCommits.JournalName, journal).Restore();
        using var board = _ten.Place.Open();
        foreach (var act in new Action[] { () => board.GetTasks(), () => board.Define([new TaskDefinition("X")]) })
        {
            var refusal = Assert.Throws<TaskLockingException>(act).Refusal;
            Assert.Equal((RefusalCode.StateCorrupt, _ten.Place.In(".todo2", TenCommits.JournalName)), (refusal.Code, refusal.Path));
        }
        Assert.Equal(journal, File.ReadAllBytes(_ten.Place.In(".todo2", TenCommits.JournalName)));
    }

    [Fact]
    public void A_line_that_a_power_loss_left_with_an_unwritten_sector_is_cut_and_kept()
    {
        // The line reaches over the end of a sector; what stands before it was not written, what stands behind it was.
        var start = _ten.Journal.Length;
        var edge = 512 - start % 512;
        byte[] torn = [.. new byte[edge], .. Enumerable.Repeat((byte)'x', 40), .. ",\"c\":\"00000000\"}\n"u8.ToArray()];
        _ten.Behind.With(TenCommits.JournalName, [.. _ten.Journal, .. torn]).Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        _ten.GoOn(TenCommits.Count);
        Assert.Equal(torn, File.ReadAllBytes(Assert.Single(_ten.Aside())));
    }

    [Fact]
    public void Whole_lines_behind_one_that_lacks_a_sector_are_cut_with_it_and_kept()
    {
        // Another process appended before the first one's flush was through, and of both only the later line came to the disk.
        var whole = _ten.Journal;
        var start = _ten.Ends[^3];
        var edge = (start + 511) / 512 * 512;
        Assert.True(edge < _ten.Ends[^2]);
        var torn = whole.ToArray();
        torn.AsSpan(start..edge).Clear();
        _ten.Behind.With(TenCommits.JournalName, torn).Restore();
        const int left = TenCommits.Count - 2;
        using (var board = _ten.Place.Open())
            Assert.Equal(left, TenCommits.Look(board));
        _ten.GoOn(left);
        Assert.Equal(torn[start..], File.ReadAllBytes(Assert.Single(_ten.Aside())));
    }

    [Fact]
    public void A_flipped_bit_is_refused_and_nothing_is_cut()
    {
        var refused = 0;
        for (var at = 0; at < _ten.Journal.Length; at += 3)
        {
            var journal = (byte[])_ten.Journal.Clone();
            journal[at] ^= (byte)(1 << at % 8);
            _ten.Behind.With(TenCommits.JournalName, journal).Restore();
            int commits;
            try
            {
                using (var board = _ten.Place.Open())
                    commits = TenCommits.Look(board);
                _ten.GoOn(commits);
            }
            catch (TaskLockingException exception)
            {
                Assert.Equal(RefusalCode.StateCorrupt, exception.Refusal.Code);
                Assert.Equal(journal, File.ReadAllBytes(_ten.Place.In(".todo2", TenCommits.JournalName)));
                refused++;
                continue;
            }
            Assert.Equal(TenCommits.Count, commits);
        }
        Assert.True(refused > _ten.Journal.Length / 6);
    }

    [Fact]
    public void A_flipped_bit_below_a_current_document_loses_nothing()
    {
        for (var at = 0; at < _ten.Journal.Length; at += 11)
        {
            var journal = (byte[])_ten.Journal.Clone();
            journal[at] ^= 1;
            _ten.Newest.With(TenCommits.JournalName, journal).Restore();
            try
            {
                using (var board = _ten.Place.Open())
                    Assert.Equal(TenCommits.Count, TenCommits.Look(board));
                _ten.GoOn(TenCommits.Count);
            }
            catch (TaskLockingException exception)
            {
                Assert.Equal(RefusalCode.StateCorrupt, exception.Refusal.Code);
            }
        }
    }
}
