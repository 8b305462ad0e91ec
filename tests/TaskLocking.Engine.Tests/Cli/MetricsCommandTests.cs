using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class MetricsCommandTests
{
    [Fact]
    public void Metrics_count_over_processes_by_resource_and_holder()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("assign", "T-1", "--to", "b");
        workspace.Run("assign", "T-1", "--to", "a", "--by", "me");
        var metrics = workspace.Run("metrics", "--json").Document();
        Assert.Equal(["since", "until", "total", "resources", "holders"], metrics.EnumerateObject().Select(each => each.Name));
        Assert.Equal(["waits", "holds", "conflicts", "timeouts", "broken_leases"], metrics.GetProperty("total").EnumerateObject()
            .Select(each => each.Name));
        Assert.Equal(["count", "total_ms", "mean_ms", "p50_ms", "p95_ms", "p99_ms", "longest_ms"],
            metrics.GetProperty("total").GetProperty("waits").EnumerateObject().Select(each => each.Name));
        Assert.Equal(1, metrics.GetProperty("total").GetProperty("conflicts").GetInt64());
        Assert.True(Named(metrics, "resources", "state").GetProperty("holds").GetProperty("count").GetInt64() >= 2);
        Assert.Equal(1, Named(metrics, "resources", "task:T-1").GetProperty("conflicts").GetInt64());
        Assert.Equal(1, Named(metrics, "holders", "me").GetProperty("conflicts").GetInt64());
        Assert.Contains("task:T-1", workspace.Run("metrics").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_shows_and_forgets()
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.NotEqual(JsonValueKind.Null, workspace.Run("metrics", "--reset", "--json").Document().GetProperty("since").ValueKind);
        var metrics = workspace.Run("metrics", "--json").Document();
        Assert.Equal(JsonValueKind.Null, metrics.GetProperty("since").ValueKind);
        Assert.Empty(metrics.GetProperty("resources").EnumerateArray());
        Assert.Equal(0, workspace.Run("metrics").ExitCode);
    }

    private static JsonElement Named(JsonElement metrics, string list, string name) =>
        metrics.GetProperty(list).EnumerateArray().Single(each => each.GetProperty("name").GetString() == name);
}
