using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Locking;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicRaceTests
{
    private const int Threads = 16;
    private const int Each = 20;

    // A guard against a hang, far above what the waits can add up to.
    private static readonly LockOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task Stores_racing_on_one_root_get_every_number_once()
    {
        using var project = new TopicProject();
        var numbers = await Race(thread => Take(project.Open(), $"of {thread}"));
        Assert.Equal(Enumerable.Range(1, Threads * Each), numbers.Order());
        Assert.Equal(Threads * Each, project.Names().Length);
        Assert.True(project.Open().Check().Passed);
    }

    [Fact]
    public async Task Every_way_to_a_root_meets_the_same_lock()
    {
        using var project = new TopicProject().With("001_a");
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "link"), project.Root);
        var outside = Path.Combine(project.Folder, "outside");
        Directory.CreateSymbolicLink(outside, project.Folder);
        string[] ways = ["specs", "link", "./specs/", "specs/../link", Path.Combine(outside, "specs"), Path.Combine(outside, "link")];
        var numbers = await Race(thread => Take(TopicStore.Open(project.Folder, ways[thread % ways.Length]), $"of {thread}"));
        Assert.Equal(Enumerable.Range(2, Threads * Each), numbers.Order());
    }

    [Fact]
    public async Task Batches_stay_together()
    {
        using var project = new TopicProject();
        var batches = await Race(_ => Enumerable.Range(0, Each).Select(_ => project.Open().Create(["a", "b", "c"], options: Patient))
            .ToList());
        Assert.All(batches, batch => Assert.Equal([0, 1, 2], batch.Select(topic => int.Parse(topic.Number) - int.Parse(batch[0].Number))));
        Assert.Equal(Threads * Each * 3, project.Names().Length);
    }

    [Fact]
    public async Task Racing_for_one_name_with_reuse_makes_one_topic()
    {
        using var project = new TopicProject().With("004_other");
        var created = await Race(_ => project.Open().Create(["auth"], reuse: true, Patient).Select(topic => (topic.Number, topic.Created)));
        Assert.Single(created, one => one.Created);
        Assert.All(created, one => Assert.Equal("005", one.Number));
    }

    [Fact]
    public async Task Who_does_not_take_the_lock_still_gets_no_folder_of_ours()
    {
        using var project = new TopicProject().With("001_a");
        var numbers = await Race(thread => thread % 2 == 0 ? Take(project.Open(), "same") : TakeWithoutLock(project.Root, "same"));
        Assert.Equal(Enumerable.Range(2, Threads * Each), numbers.Order());
    }

    private static List<int> Take(TopicStore store, string name) =>
        Enumerable.Range(0, Each).Select(_ => int.Parse(store.Create([name], options: Patient)[0].Number)).ToList();

    private static List<int> TakeWithoutLock(string root, string name)
    {
        var numbers = new List<int>();
        while (numbers.Count < Each)
        {
            var number = TopicScan.Highest(root) + 1;
            if (NewFolder.TryMake(Path.Combine(root, TopicFolderName.Format(number, name))))
                numbers.Add(number);
        }
        return numbers;
    }

    private static async Task<List<T>> Race<T>(Func<int, IEnumerable<T>> run)
    {
        using var gate = new Barrier(Threads);
        var racers = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return run(thread);
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        return (await Task.WhenAll(racers)).SelectMany(answers => answers).ToList();
    }
}
