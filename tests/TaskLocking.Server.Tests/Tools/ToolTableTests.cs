using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What is offered stays as it is, and small.</summary>
public sealed partial class ToolTableTests
{
    private static readonly JsonSerializerOptions Indented =
        new(McpJsonUtilities.DefaultOptions) { WriteIndented = true, NewLine = "\n" };

    private static readonly string Snapshots = Path.Combine(Repository.Root, "tests", "TaskLocking.Server.Tests", "Snapshots");

    [Theory]
    [InlineData(false, "tools.json")]
    [InlineData(true, "tools.read-only.json")]
    public void The_list_is_the_one_that_was_reviewed(bool readOnly, string file)
    {
        var path = Path.Combine(Snapshots, file);
        var list = List(readOnly);
        if (Environment.GetEnvironmentVariable("TASKLOCKING_WRITE_SNAPSHOTS") == "1")
            File.WriteAllText(path, list);
        Assert.Equal(File.ReadAllText(path), list);
    }

    [Fact]
    public void It_is_always_the_same_bytes() => Assert.Equal(List(false), List(false));

    [Fact]
    public void It_fits_into_eight_thousand_tokens() =>
        // JSON has between three and four bytes a token; by three it is surely less.
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(ProtocolTools.Of(ToolTable.All), McpJsonUtilities.DefaultOptions).Length,
            1, 24_000);

    [Fact]
    public void Tools_actions_and_fields_are_few()
    {
        Assert.InRange(ToolTable.All.Count, 1, 15);
        Assert.All(ToolTable.All, tool =>
        {
            Assert.InRange(tool.Actions.Count, 1, 10);
            Assert.InRange(tool.Fields.Count, 0, 15);
        });
    }

    [Fact]
    public void Names_are_in_snake_case() => Assert.All(ToolTable.All.SelectMany(tool =>
        tool.Actions.Select(action => action.Name).Concat(tool.Fields.Select(field => field.Name))
            .Concat(tool.Answer.Select(member => member.Name)).Append(tool.Name)), name => Assert.Matches(Snake(), name));

    [Fact]
    public void What_asks_and_what_changes_are_apart_but_for_the_tool_of_the_origin() =>
        Assert.All(ToolTable.All.Where(tool => tool.Name != "task_assignee"),
            tool => Assert.Single(tool.Actions.Select(action => action.Changes).Distinct()));

    [Fact]
    public void Each_tool_says_what_it_may_do() => Assert.All(ProtocolTools.Of(ToolTable.All), tool =>
    {
        var changes = ToolTable.All.Single(each => each.Name == tool.Name).Changes;
        Assert.Equal(!changes, tool.Annotations!.ReadOnlyHint);
        Assert.Equal(changes, tool.Annotations.DestructiveHint);
        Assert.Equal(!changes, tool.Annotations.IdempotentHint);
        Assert.False(tool.Annotations.OpenWorldHint);
    });

    [Fact]
    public void Where_nothing_may_be_changed_only_questions_are_left()
    {
        var tools = ToolTable.Of(readOnly: true);
        Assert.DoesNotContain(tools, tool => tool.Changes);
        Assert.Equal(["list", "workload"], tools.Single(tool => tool.Name == "task_assignee").Actions.Select(action => action.Name));
        Assert.DoesNotContain(tools, tool => tool.Name is "claim" or "task_change" or "file_lease");
    }

    [Fact]
    public void The_origins_six_actions_are_there() =>
        Assert.Equal(["assign", "unassign", "list", "workload", "bulk_assign", "auto_assign"],
            ToolTable.All[0].Actions.Select(action => action.Name));

    private static string List(bool readOnly) => JsonSerializer.Serialize(ProtocolTools.Of(ToolTable.Of(readOnly)), Indented) + "\n";

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Snake();
}
