using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>An allocation that need not scan gives the number that a scan would have given.</summary>
public sealed class TopicWatchTests : IDisposable
{
    private readonly TopicProject _project = new();
    private readonly List<FolderWatch> _opened = [];
    private readonly TopicStore _store;
    private int _scans;

    public TopicWatchTests()
    {
        _project.With("001_a", "002_b");
        using (var watch = FolderWatch.TryOpen(_project.Root))
            Assert.SkipWhen(watch is null, "This system does not tell what happens to the names in a folder.");
        _store = _project.Open(new TopicWatches(Open, Scan));
        Assert.Equal(["003", "004"], [Next(), Next()]);
        Assert.Equal((1, 1), (_opened.Count, _scans));
    }

    private string Outside => Path.Combine(_project.Folder, "outside");

    [Fact]
    public void Further_allocations_do_not_scan()
    {
        Assert.Equal(["005", "006", "007"], [Next(), Next(), Next()]);
        Assert.Equal((1, 1), (_opened.Count, _scans));
    }

    [Fact]
    public void What_others_bring_without_the_lock_counts()
    {
        _project.With("010_theirs");
        Assert.Equal("011", Next());
        _project.WithFile("020_notes.md");
        Assert.Equal("021", Next());
        Directory.CreateSymbolicLink(Path.Combine(_project.Root, "030_link"), _project.Folder);
        Assert.Equal("031", Next());
        Directory.CreateDirectory(Outside);
        Directory.Move(Outside, Path.Combine(_project.Root, "040_moved_here"));
        Assert.Equal("041", Next());
        Directory.Move(Path.Combine(_project.Root, "002_b"), Path.Combine(_project.Root, "0050_ümläut"));
        Assert.Equal("051", Next());
        _project.With("060-theirs");
        Assert.Equal("061", Next());
        _project.With("x070_y", "2024_archive", "20260319-x", "12345-fix", "1000000000_z").WithFile("99999999999999999999_x");
        Assert.Equal("062", Next());
        Assert.Equal(1, _scans);
    }

    [Fact]
    public void A_lower_one_that_goes_changes_nothing()
    {
        Directory.Delete(Path.Combine(_project.Root, "001_a"));
        Directory.Move(Path.Combine(_project.Root, "002_b"), Outside);
        Assert.Equal("005", Next());
        Assert.Equal(1, _scans);
    }

    [Fact]
    public void When_the_highest_goes_the_next_lower_counts()
    {
        _project.With("010_theirs", "020_theirs", "020_twice", "030_file_to_be");
        Assert.Equal("031", Next());
        foreach (var name in new[] { "031_next", "030_file_to_be", "020_twice" })
            Directory.Delete(Path.Combine(_project.Root, name));
        Assert.Equal("021", Next());
        Directory.Move(Path.Combine(_project.Root, "021_next"), Outside);
        Directory.Move(Path.Combine(_project.Root, "020_theirs"), Path.Combine(_project.Root, "not_a_topic"));
        Assert.Equal("011", Next());
        Assert.Equal((1, 3), (_opened.Count, _scans));
    }

    [Fact]
    public void A_highest_that_came_and_went_between_two_allocations_leaves_no_trace()
    {
        _project.With("500_short");
        Directory.Delete(Path.Combine(_project.Root, "500_short"));
        Assert.Equal("005", Next());
    }

    [Fact]
    public void A_root_that_was_deleted_begins_anew()
    {
        Directory.Delete(_project.Root, recursive: true);
        Assert.Equal(["001", "002"], [Next(), Next()]);
        _project.With("007_theirs");
        Assert.Equal("008", Next());
        Assert.Equal(2, _opened.Count);
        Assert.False(_opened[0].TryRead(new Deaf()));
    }

    [Fact]
    public void Another_folder_that_took_the_roots_place_is_the_one_that_counts()
    {
        Directory.CreateDirectory(Path.Combine(Outside, "070_there"));
        Directory.Move(_project.Root, Path.Combine(_project.Folder, "gone"));
        Directory.Move(Outside, _project.Root);
        Assert.Equal("071", Next());
        Directory.CreateDirectory(Path.Combine(_project.Folder, "gone", "900_old"));
        Assert.Equal("072", Next());
        Directory.Move(_project.Root, Outside);
        Directory.Move(Path.Combine(_project.Folder, "gone"), _project.Root);
        Assert.Equal("901", Next());
    }

    [Fact]
    public void A_folder_above_the_root_may_be_replaced_too()
    {
        var above = Path.Combine(_project.Folder, "above");
        var store = TopicStore.Open(_project.Folder, "above/specs", new TopicWatches(Open, Scan));
        string NextAbove() => store.Create(["x"])[0].Number;
        Assert.Equal(["001", "002", "003"], [NextAbove(), NextAbove(), NextAbove()]);
        Directory.Move(above, Outside);
        Directory.CreateDirectory(Path.Combine(above, "specs", "040_x"));
        Assert.Equal("041", NextAbove());
    }

    [Fact]
    public void A_queue_that_ran_over_is_made_up_for_by_a_scan()
    {
        var limit = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"));
        Assert.SkipWhen(limit > 100_000, "It takes too long to fill the queue of this system.");
        var path = Path.Combine(_project.Root, "noise");
        for (var events = 0; events <= limit; events += 2)
        {
            Directory.CreateDirectory(path);
            Directory.Delete(path);
        }
        _project.With("900_lost");
        Assert.Equal(["901", "902"], [Next(), Next()]);
        Assert.Equal(2, _scans);
    }

    [Theory]
    [InlineData(0x4000)] // IN_Q_OVERFLOW
    [InlineData(0x2000)] // IN_UNMOUNT
    [InlineData(0x8000)] // IN_IGNORED
    [InlineData(0x40000400)] // IN_DELETE_SELF of a folder
    [InlineData(0x40000800)] // IN_MOVE_SELF of a folder
    public void What_ends_the_watch_or_tells_of_a_loss_is_not_passed_over(int mask)
    {
        byte[] record = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(mask), .. new byte[8]];
        Assert.False(FolderWatch.TryTell(record, [1], new Deaf()));
    }

    [Fact]
    public void After_any_series_of_foreign_changes_the_number_is_the_scans()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string Any() => Path.Combine(_project.Root, TopicFolderName.Format(random.Next(1, 40), random.Next(2) == 0 ? "x" : "y"));
        for (var round = 0; round < 400; round++)
        {
            for (var change = random.Next(4); change > 0; change--)
                Change(random.Next(4), Any(), Any());
            Assert.Equal(TopicFolderName.Format(TopicScan.Highest(_project.Root) + 1), Next());
            if (random.Next(2) == 0)
                Directory.Delete(Directory.GetDirectories(_project.Root, "*_next").Max()!);
        }
        Assert.Single(_opened);
    }

    [Fact]
    public void Where_nothing_can_be_watched_every_allocation_scans()
    {
        var tries = 0;
        var store = _project.Open(new TopicWatches(_ => { tries++; return null; }, Scan));
        Assert.Equal(["005", "006", "007"], Enumerable.Range(0, 3).Select(_ => store.Create(["x"])[0].Number));
        Assert.Equal((1, 3), (tries, _scans));
    }

    [Fact]
    public void A_root_that_is_not_used_is_let_go()
    {
        var watches = new TopicWatches(Open, Scan);
        var store = _project.Open(watches);
        Assert.Equal(["005", "006"], [store.Create(["x"])[0].Number, store.Create(["x"])[0].Number]);
        Assert.True(_opened[1].TryRead(new Deaf()));
        watches.CloseIdle(Environment.TickCount + TopicWatches.Idle);
        Assert.False(_opened[1].TryRead(new Deaf()));
        Assert.Equal(["007", "008", "009"], Enumerable.Range(0, 3).Select(_ => store.Create(["x"])[0].Number));
        Assert.Equal(3, _opened.Count);
    }

    [Fact]
    public void A_watch_that_is_closed_while_somebody_has_it_scans()
    {
        var watches = new TopicWatches(Open, Scan);
        watches.Of(_project.Root);
        var watch = watches.Of(_project.Root)!;
        watches.CloseIdle(Environment.TickCount + TopicWatches.Idle);
        _project.With("300_x");
        Assert.Equal(300, watch.Highest());
    }

    [Fact]
    public void Of_too_many_roots_the_one_unused_for_longest_is_let_go()
    {
        var watches = new TopicWatches(Open, Scan);
        _opened.Clear();
        foreach (var index in Enumerable.Range(0, TopicWatches.Most + 1).SelectMany(index => new[] { index, index }))
        {
            var root = Path.Combine(_project.Folder, "root" + index);
            Directory.CreateDirectory(root);
            watches.Of(root);
        }
        Assert.Equal(TopicWatches.Most + 1, _opened.Count);
        Assert.Equal(TopicWatches.Most, _opened.Count(watch => watch.TryRead(new Deaf())));
    }

    public void Dispose()
    {
        foreach (var watch in _opened)
            watch.Dispose();
        _project.Dispose();
    }

    private static void Change(int kind, string one, string other)
    {
        if (kind == 0)
            Directory.CreateDirectory(one);
        else if (Directory.Exists(one) && kind == 1)
            Directory.Delete(one);
        else if (Directory.Exists(one) && !Directory.Exists(other))
            Directory.Move(one, other);
    }

    private string Next() => _store.Create(["next"])[0].Number;

    private FolderWatch? Open(string folder)
    {
        var watch = FolderWatch.TryOpen(folder);
        if (watch is not null)
            _opened.Add(watch);
        return watch;
    }

    private int Scan(string folder)
    {
        _scans++;
        return TopicScan.Highest(folder);
    }

    private sealed class Deaf : INameEvents
    {
        public void Appeared(int folder, ReadOnlySpan<byte> name)
        {
        }

        public void Vanished(int folder, ReadOnlySpan<byte> name)
        {
        }
    }
}
