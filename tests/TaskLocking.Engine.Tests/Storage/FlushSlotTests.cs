using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// What processes that wait for the disk leave of themselves, when they end in order, in the middle of it, and after it has failed.
/// </summary>
public sealed class FlushSlotTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly StorePaths _paths;
    private readonly List<FlushSlot> _open = [];

    public FlushSlotTests()
    {
        _paths = new StorePaths(_place.Path);
        Directory.CreateDirectory(_place.Journals);
        Assert.SkipUnless(LibCMemory.IsSupported && LocalFileSystem.Has(_place.Journals), "No locks on bytes here.");
    }

    public void Dispose()
    {
        _open.ForEach(slot => slot.Dispose());
        _place.Dispose();
    }

    [Fact]
    public void Who_lives_is_in_no_doubt()
    {
        Open().Fill(7);
        Assert.False(Finds(7));
    }

    [Fact]
    public void Who_ended_in_the_middle_of_it_is()
    {
        var slot = Open();
        slot.Fill(7);
        slot.Dispose();
        Assert.True(Finds(7));
        Assert.False(Finds(8));
        Assert.False(Finds(7, orLeft: false));
        // Nobody writes over it, however many come.
        for (var count = 0; count < 3; count++)
            Open().Fill(7);
        Assert.True(Finds(7));
        Open().Fill(8);
        Assert.False(Finds(8));
    }

    [Fact]
    public void Who_ended_in_order_is_not()
    {
        var slot = Open();
        slot.Fill(7);
        slot.Clear();
        slot.Dispose();
        Assert.False(Finds(7));
        Open().Fill(7);
        Assert.False(Finds(7));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_saw_it_fail_has_told_so_whether_he_lives_or_not(bool lives)
    {
        var slot = Open();
        slot.Fill(7);
        slot.Fail(7);
        if (!lives)
            slot.Dispose();
        Assert.True(Finds(7, orLeft: false));
        Assert.False(Finds(8));
    }

    [Fact]
    public void More_than_there_is_room_for_do_without()
    {
        for (var count = 0; count < 520; count++)
            Open().Fill(7);
        Assert.False(Finds(7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(100_000)]
    public void Whatever_stands_in_the_file_stops_nobody(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        for (var at = 7; at < length; at += 8)
            bytes[at] = 0x80; // the lowest numbers there are
        File.WriteAllBytes(_paths.Flushing, bytes);
        var slot = Open();
        slot.Fill(7);
        Assert.False(Finds(7));
        slot.Dispose();
        Assert.True(Finds(7));
    }

    [Fact]
    public void A_folder_in_the_files_place_stops_nobody()
    {
        Directory.CreateDirectory(_paths.Flushing);
        Assert.Null(FlushSlot.TryOpen(_paths));
    }

    private FlushSlot Open()
    {
        var slot = FlushSlot.TryOpen(_paths);
        Assert.NotNull(slot);
        _open.Add(slot);
        return slot;
    }

    private bool Finds(long journal, bool orLeft = true) => Open().FindsFailure(journal, orLeft);
}
