using System;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>
/// A thousand random histories over three working trees and two clones more: no number twice after a merge, except where a warning was
/// given. The store, its locks and folders are real; git is a model in memory, held to git itself by <see cref="TopicHistoryTests"/>.
/// </summary>
public sealed class NumbersModelTests
{
    private const int Histories = 1_000;
    private const int Steps = 40;

    [Fact]
    public void No_number_is_there_twice_after_a_merge()
    {
        var (seed, topics, warned, merges) = (Environment.TickCount & 0xfffffff, 0, 0, 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds from {seed}");
        for (var history = 0; history < Histories; history++)
        {
            using var world = new ModelWorld(seed + history).Run(Steps);
            Assert.True(world.Twice.Count == 0, $"seed {seed + history}: {string.Join("; ", world.Twice)}\n{string.Join('\n', world.Log)}");
            topics += world.Log.Count(line => line.StartsWith("new", StringComparison.Ordinal));
            warned += world.Log.Count(line => line.EndsWith("(warned)", StringComparison.Ordinal));
            merges += world.Log.Count(line => line.StartsWith("merge", StringComparison.Ordinal));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{topics} topics, {warned} with a warning, {merges} merges");
        // A warning on everything would make it true as well.
        Assert.InRange(warned, 1, topics / 4);
        Assert.True(merges > Histories);
    }

    [Theory]
    [InlineData("OwnTreeOnly")]
    [InlineData("PushesBlindly")]
    public void A_planted_fault_is_found(string fault)
    {
        var (seed, found) = (Environment.TickCount & 0xfffffff, 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds from {seed}");
        for (var history = 0; history < Histories && found == 0; history++)
        {
            using var world = new ModelWorld(seed + history, Enum.Parse<ModelFault>(fault)).Run(Steps);
            found += world.Twice.Count;
        }
        Assert.NotEqual(0, found);
    }
}
