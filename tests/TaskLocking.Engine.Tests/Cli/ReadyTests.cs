using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class ReadyTests
{
    [Fact]
    public void Ready_lists_what_could_be_taken_by_priority_then_age()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "new", "T-3", "--priority", "high", "--requires", "docker");
        workspace.Run("task", "new", "T-4", "--depends-on", "T-1");
        workspace.Run("task", "new", "T-5", "--not-before", "2100-01-01");
        Assert.Equal(["T-3", "T-1", "T-2"], Ids("--ready"));
        Assert.Equal(["T-1", "T-2"], Ids("--ready", "--agent", "a"));
        Assert.Equal(["T-3", "T-1", "T-2"], Ids("--ready", "--agent", "a", "--capability", "docker"));
        workspace.Run("assign", "T-1", "--to", "b");
        Assert.Equal(["T-2"], Ids("--ready", "--agent", "a"));
        var told = new Dictionary<string, string>(System.StringComparer.Ordinal) { ["TASKLOCKING_AGENT"] = "b" };
        Assert.Equal(["T-1", "T-2"],
            TasklockAnswer.Texts(workspace.RunWith("", told, "task", "get", "--ready", "--json").Document(), "id"));

        string[] Ids(params string[] filters) =>
            TasklockAnswer.Texts(workspace.Run(["task", "get", "--json", .. filters]).Document(), "id");
    }

    [Fact]
    public void Test_of_a_ready_task_is_0()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.Run("task", "test", "T-1", "--json").Document();
        Assert.Equal(["task_id", "ready", "reasons"], answer.EnumerateObject().Select(each => each.Name));
        Assert.True(answer.GetProperty("ready").GetBoolean());
        Assert.Empty(answer.GetProperty("reasons").EnumerateArray());
    }

    [Fact]
    public void Test_tells_every_reason_and_is_6()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1", "--depends-on", "T-9", "--requires", "docker", "--allow", "b",
            "--not-before", "2100-01-01T00:00:00Z", "--file", "src/**");
        workspace.Run("file", "lock", "src/a.cs", "--agent", "b");
        var answer = workspace.Run("task", "test", "T-2", "--agent", "a", "--json");
        Assert.Equal(6, answer.ExitCode);
        Assert.Equal("", answer.Error);
        Assert.False(answer.Partial().GetProperty("ready").GetBoolean());
        var reasons = answer.Partial().GetProperty("reasons").EnumerateArray()
            .ToDictionary(each => each.GetProperty("code").GetString()!, System.StringComparer.Ordinal);
        Assert.Equal(["DependencyMissing", "DependencyUnmet", "FileHeld", "MissingCapability", "NotAllowed", "NotBefore"],
            reasons.Keys.Order(System.StringComparer.Ordinal));
        Assert.Equal("T-1", reasons["DependencyUnmet"].GetProperty("task_id").GetString());
        Assert.Equal("T-9", reasons["DependencyMissing"].GetProperty("task_id").GetString());
        Assert.Equal("b", reasons["FileHeld"].GetProperty("agent").GetString());
        Assert.Equal("2100-01-01T00:00:00.000Z", reasons["NotBefore"].GetProperty("until").GetString());
        Assert.All(reasons.Values, reason => Assert.NotEqual(JsonValueKind.Null, reason.GetProperty("message").ValueKind));
        Assert.Equal(7, workspace.Run("task", "test", "T-2", "--agent", "a").Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Test_tells_a_claim_of_somebody_else()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("next", "--agent", "b");
        var reason = workspace.Run("task", "test", "T-1", "--agent", "a", "--json").Partial().GetProperty("reasons")[0];
        Assert.Equal("Claimed", reason.GetProperty("code").GetString());
        Assert.Equal("b", reason.GetProperty("agent").GetString());
    }
}
