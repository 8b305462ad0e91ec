using System;
using System.Linq;
using System.Text;
using TaskLocking.Metrics;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

public sealed class MetricTableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_line_brings_everything_back()
    {
        var table = Table(("task:\"ü\"\n", "a"), ("state", "user@host"));
        table.Of("state", "user@host").Timeouts = 3;
        table.Of("state", "user@host").Broken = 4;
        table.Of("state", "user@host").Holds.Add(TimeSpan.FromMilliseconds(5));
        var line = MetricLine.Write(table);
        Assert.Equal(1, line.Count(each => each == (byte)'\n'));
        AssertSame(table.ToMetrics(), MetricLine.Read(line)!.ToMetrics());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{\"metrics\":2,\"rows\":[]}")]
    [InlineData("{\"metrics\":\"1\"}")]
    [InlineData("{\"metrics\":1}")]
    [InlineData("{\"metrics\":1,\"from\":\"x\",\"to\":\"y\",\"rows\":[{}]}")]
    [InlineData("{\"metrics\":1,\"from\":\"x\",\"to\":\"y\",\"rows\":[{\"r\":\"a\",\"h\":\"b\",\"w\":[1,2,99,1]}]}")]
    [InlineData("{\"metrics\":1,\"from\":\"x\",\"to\":\"y\",\"rows\":[{\"r\":\"a\",\"h\":\"b\",\"c\":1.5}]}")]
    [InlineData("{\"metrics\":1,\"from\":3,\"to\":\"y\",\"rows\":[]}")]
    [InlineData("\0\0\0\0")]
    public void A_line_that_is_none_of_ours_is_passed_over(string line) => Assert.Null(MetricLine.Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_full_table_counts_the_rest_together()
    {
        var table = new MetricTable(3);
        for (var number = 0; number < 10; number++)
            table.Of("task:" + number, "a").Conflicts++;
        Assert.Equal(["(other)", "task:0", "task:1", "task:2"], table.ToMetrics().Resources.Select(metric => metric.Name)
            .Order(StringComparer.Ordinal));
        Assert.Equal(10, table.ToMetrics().Total.Conflicts);
        table.Of("task:1", "a").Conflicts++;
        Assert.Equal(2, table.ToMetrics().Resources.Single(metric => metric.Name == "task:1").Conflicts);
    }

    [Fact]
    public void The_largest_rows_stay_and_the_sum_is_the_same()
    {
        var table = new MetricTable(int.MaxValue) { From = Noon, To = Noon.AddHours(1) };
        for (var number = 1; number <= 20; number++)
            table.Of("task:" + number, "agent-" + number % 3).Conflicts = number;
        var less = table.Largest(4).ToMetrics();
        Assert.Equal(["(other)", "task:20", "task:19", "task:18", "task:17"], less.Resources.Select(metric => metric.Name));
        Assert.Equal(table.ToMetrics().Total, less.Total);
        Assert.Equal((Noon, Noon.AddHours(1)), (less.Since, less.Until));
    }

    [Fact]
    public void Lists_are_by_resource_and_by_holder()
    {
        var table = Table(("state", "a"), ("state", "b"), ("task:1", "a"));
        table.Of("task:1", "a").Waits.Add(TimeSpan.FromHours(1));
        var metrics = table.ToMetrics();
        Assert.Equal([("task:1", 2L), ("state", 2L)], metrics.Resources.Select(metric => (metric.Name, metric.Waits.Count)));
        Assert.Equal([("a", 3L), ("b", 1L)], metrics.Holders.Select(metric => (metric.Name, metric.Waits.Count)));
        Assert.Equal((4L, TimeSpan.FromHours(1)), (metrics.Total.Waits.Count, metrics.Total.Waits.Longest));
    }

    [Fact]
    public void A_name_without_end_is_cut() => Assert.Equal(200, Table((new string('x', 5_000), "a")).ToMetrics().Resources[0].Name.Length);

    private static MetricTable Table(params (string Resource, string Holder)[] rows)
    {
        var table = new MetricTable(1_000) { From = Noon, To = Noon };
        foreach (var (resource, holder) in rows)
        {
            table.Of(resource, holder).Waits.Add(TimeSpan.FromMilliseconds(1));
            table.Of(resource, holder).Conflicts++;
        }
        return table;
    }

    internal static void AssertSame(LockMetrics expected, LockMetrics actual)
    {
        Assert.Equal(expected.Total, actual.Total);
        Assert.Equal(expected.Resources, actual.Resources);
        Assert.Equal(expected.Holders, actual.Holders);
        Assert.Equal((expected.Since, expected.Until), (actual.Since, actual.Until));
    }
}
