using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>Never an empty start: a broken document is recovered from backup and journal, or the store stops with the reason.</summary>
public sealed class DocumentDamageTests : IDisposable
{
    private readonly TenCommits _ten = new();

    public void Dispose() => _ten.Dispose();

    [Fact]
    public void Cut_anywhere_it_is_recovered_and_what_was_there_is_kept()
    {
        var document = _ten.Newest[TenCommits.Document];
        // Without its last line feed it is still whole JSON.
        for (var length = 0; length < document.Length - 2; length += 1 + document.Length / 150)
        {
            _ten.Newest.With(TenCommits.Document, document[..length]).Restore();
            using (var board = _ten.Place.Open())
                Assert.Equal(TenCommits.Count, TenCommits.Look(board));
            _ten.GoOn(TenCommits.Count);
            Assert.Equal(document[..length], File.ReadAllBytes(Assert.Single(_ten.Aside())));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n")]
    public void What_is_no_document_is_recovered_from(string content)
    {
        _ten.Newest.With(TenCommits.Document, Encoding.UTF8.GetBytes(content)).Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        _ten.GoOn(TenCommits.Count);
    }

    [Fact]
    public void A_missing_document_comes_back()
    {
        _ten.Newest.Without(TenCommits.Document).Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        _ten.GoOn(TenCommits.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"todos\":[]}")]
    public void A_broken_backup_harms_nothing_while_the_document_is_whole(string content)
    {
        _ten.Newest.With(TenCommits.Document + ".bak", Encoding.UTF8.GetBytes(content)).Restore();
        using (var board = _ten.Place.Open())
            Assert.Equal(TenCommits.Count, TenCommits.Look(board));
        _ten.GoOn(TenCommits.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"todos\": [ {\"id\": \"A\" ")]
    [InlineData("[1]")]
    public void A_first_document_that_is_broken_is_refused_and_left_as_it_is(string content)
    {
        using var place = new TempWorkspace();
        Directory.CreateDirectory(place.Store);
        File.WriteAllText(place.Document, content);
        using var board = place.Open();
        Assert.Equal(RefusalCode.StateCorrupt, Assert.Throws<TaskLockingException>(() => board.GetTasks()).Refusal.Code);
        Assert.Equal(RefusalCode.StateCorrupt,
            Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("A")])).Refusal.Code);
        Assert.Equal(content, File.ReadAllText(place.Document));
    }

    [Fact]
    public void With_nothing_whole_left_the_store_stops_and_changes_nothing()
    {
        var files = _ten.Newest.With(TenCommits.Document, "{"u8.ToArray()).With(TenCommits.Document + ".bak", "{"u8.ToArray());
        var journal = (byte[])_ten.Journal.Clone();
        journal[5] ^= 4;
        files.With(TenCommits.JournalName, journal).Restore();
        using var board = _ten.Place.Open();
        Assert.Equal(RefusalCode.StateCorrupt, Assert.Throws<TaskLockingException>(() => board.GetTasks()).Refusal.Code);
        Assert.Equal(RefusalCode.StateCorrupt,
            Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("X")])).Refusal.Code);
        Assert.Equal(journal, File.ReadAllBytes(_ten.Place.In(".todo2", TenCommits.JournalName)));
        Assert.Equal("{", File.ReadAllText(_ten.Place.Document));
    }
}
