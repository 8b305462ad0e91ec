using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class GraphTests
{
    [Fact]
    public void Dependencies_are_added_and_removed()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        Assert.Equal(["T-1", "T-2"], Dependencies("add", "T-3", "--depends-on", "T-1", "T-2"));
        Assert.Equal(["T-1", "T-2"], Dependencies("add", "T-3", "--depends-on", "T-2"));
        Assert.Equal(["T-2"], Dependencies("remove", "T-3", "--depends-on", "T-1", "--depends-on", "T-9"));
        Assert.Empty(Dependencies("remove", "T-3", "--depends-on", "T-2"));

        string[] Dependencies(params string[] args) => workspace.Run(["graph", .. args, "--json"]).Document()
            .GetProperty("dependencies").EnumerateArray().Select(id => id.GetString()!).ToArray();
    }

    [Fact]
    public void A_circle_is_refused_with_its_ids()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        var refusal = workspace.Run("graph", "add", "T-1", "--depends-on", "T-2", "--json").Refusal("DependencyCycle", 6);
        Assert.Equal(["T-1", "T-2"], refusal.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
        workspace.Run("graph", "add", "T-2", "--depends-on", "T-1", "--if-version", "999", "--json").Refusal("VersionChanged", 8);
    }

    [Fact]
    public void Check_is_0_for_a_healthy_graph_and_6_for_a_circle_or_a_missing_task()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        var report = workspace.Run("graph", "check", "--json").Document();
        Assert.Equal(["healthy", "tasks", "dependencies", "cycles", "dangling", "parent_missing", "stuck", "not_understood"],
            report.EnumerateObject().Select(each => each.Name));
        Assert.True(report.GetProperty("healthy").GetBoolean());
        Assert.Equal(2, report.GetProperty("tasks").GetInt32());
        Assert.Equal(1, report.GetProperty("dependencies").GetInt32());

        using var foreign = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(foreign.Document)!);
        File.WriteAllText(foreign.Document, """
            {"todos":[{"id":"A","name":"a","status":"Todo","dependencies":["B"]},{"id":"B","name":"b","status":"Todo","dependencies":["A",
             "Z"]}]}
            """);
        var answer = foreign.Run("graph", "check", "--json");
        Assert.Equal(6, answer.ExitCode);
        Assert.Equal("", answer.Error);
        Assert.False(answer.Partial().GetProperty("healthy").GetBoolean());
        Assert.Equal(["A", "B"], answer.Partial().GetProperty("cycles")[0].EnumerateArray().Select(id => id.GetString())
            .Order(System.StringComparer.Ordinal));
        Assert.Equal("B", answer.Partial().GetProperty("dangling")[0].GetProperty("task_id").GetString());
        Assert.Equal("Z", answer.Partial().GetProperty("dangling")[0].GetProperty("missing").GetString());
        Assert.Equal(6, foreign.Run("graph", "check").ExitCode);
    }
}
