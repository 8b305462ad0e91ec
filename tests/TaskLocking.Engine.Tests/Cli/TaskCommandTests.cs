using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class TaskCommandTests
{
    [Theory]
    [InlineData("2099-01-01T00:00", "2098-12-31T15:00:00.000Z")]
    [InlineData("2099-01-01", "2098-12-31T15:00:00.000Z")]
    [InlineData("2099-01-01T00:00Z", "2099-01-01T00:00:00.000Z")]
    [InlineData("2099-01-01T00:00+01:00", "2098-12-31T23:00:00.000Z")]
    public void A_time_without_an_offset_is_that_of_the_place(string time, string stored)
    {
        using var workspace = new CliWorkspace();
        var task = workspace.RunWith("", new System.Collections.Generic.Dictionary<string, string> { ["TZ"] = "Asia/Tokyo" },
            "task", "new", "T-1", "--not-before", time, "--json").Document();
        Assert.Equal(stored, task.GetProperty("taskLocking").GetProperty("notBefore").GetString());
    }

    [Fact]
    public void A_new_task_is_the_todo_with_every_field()
    {
        using var workspace = new CliWorkspace().With("T-0");
        var todo = workspace.Run("task", "new", "T-1", "--name", "Fix ä \"login\"", "--priority", "P1", "--content", "- a\n- b", "--tag",
            "x", "--tag", "y",
            "--depends-on", "T-0", "--agent", "a", "--task-file", "t.md", "--swarm", "s", "--requires", "c", "--by", "me",
                "--json").Document();
        Assert.Equal("T-1", todo.GetProperty("id").GetString());
        Assert.Equal("Fix ä \"login\"", todo.GetProperty("name").GetString());
        Assert.Equal("Todo", todo.GetProperty("status").GetString());
        Assert.Equal("high", todo.GetProperty("priority").GetString());
        Assert.Equal("- a\n- b", todo.GetProperty("content").GetString());
        Assert.Equal(["x", "y"], todo.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(["T-0"], todo.GetProperty("dependencies").EnumerateArray().Select(id => id.GetString()));
        Assert.True(JsonElement.DeepEquals(todo, workspace.Run("task", "get", "T-1", "--json").Document()));
    }

    [Fact]
    public void One_id_gives_an_object_and_several_ids_or_filters_an_array()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        Assert.Equal(JsonValueKind.Object, workspace.Run("task", "get", "T-1", "--json").Document().ValueKind);
        Assert.Equal(["T-2", "T-1"], TasklockAnswer.Texts(workspace.Run("task", "get", "T-2", "T-1", "--json").Document(), "id"));
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(workspace.Run("task", "get", "--json").Document(), "id"));
        Assert.Empty(workspace.Run("task", "get", "--swarm", "none", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void Filters_add_up_and_statuses_are_alternatives()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "T-2", "--tag", "x", "--tag", "y", "--swarm", "s").ExitCode);
        Assert.Equal(0, workspace.Run("task", "set", "T-2", "--status", "inprogress").ExitCode);
        Assert.Equal(0, workspace.Run("assign", "T-2", "--to", "a").ExitCode);
        Assert.Equal(["T-1", "T-2"], Ids("--tag", "x", "--tag", "y", "--swarm", "s"));
        Assert.Equal(["T-2"], Ids("--tag", "x", "--assignee", "agent:a"));
        Assert.Equal(["T-1", "T-3"], Ids("--unassigned"));
        Assert.Equal(["T-1", "T-2", "T-3"], Ids("--status", "In Progress", "--status", "pending"));

        string[] Ids(params string[] filters) =>
            TasklockAnswer.Texts(workspace.Run(["task", "get", "--json", .. filters]).Document(), "id");
    }

    [Theory]
    [InlineData("in-progress", "In Progress")]
    [InlineData("In Progress", "In Progress")]
    [InlineData("inprogress", "In Progress")]
    [InlineData("done", "Done")]
    [InlineData("completed", "Done")]
    [InlineData("canceled", "Cancelled")]
    public void Set_reads_the_words_of_older_files(string word, string status)
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(status, workspace.Run("task", "set", "T-1", "--status", word, "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void Clear_empties_fields_and_leaves_the_others()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--tag", "x", "--depends-on", "T-0", "--content", "text", "--swarm", "s");
        var todo = workspace.Run("task", "set", "T-1", "--clear", "depends-on", "--clear", "swarm", "--clear", "content",
            "--json").Document();
        Assert.Empty(todo.GetProperty("dependencies").EnumerateArray());
        Assert.Equal(["x"], todo.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Empty(workspace.Run("task", "get", "--swarm", "s", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void The_settings_of_execution_are_given_changed_and_cleared()
    {
        using var workspace = new CliWorkspace();
        var own = workspace.Run("task", "new", "T-1", "--allow", "a", "--allow", "b", "--file", "src/**", "--max-attempt", "3",
            "--retry-delay", "90",
            "--time-limit", "1.5h", "--not-before", "2030-01-31T07:00:00+01:00", "--needs-review",
                "--json").Document().GetProperty("taskLocking");
        Assert.Equal(["a", "b"], own.GetProperty("allow").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(["src/**"], own.GetProperty("files").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(3, own.GetProperty("maxAttempt").GetInt32());
        Assert.Equal(90, own.GetProperty("retryDelay").GetInt32());
        Assert.Equal(5400, own.GetProperty("timeLimit").GetInt32());
        Assert.Equal("2030-01-31T06:00:00.000Z", own.GetProperty("notBefore").GetString());
        Assert.True(own.GetProperty("review").GetBoolean());
        var sheet = workspace.Run("task", "get", "T-1").Output;
        Assert.All(["a, b", "src/**", "0 of 3", "90s", "90m", "2030-01-31 06:00:00Z"],
            text => Assert.Contains(text, sheet, StringComparison.Ordinal));
        own = workspace.Run("task", "set", "T-1", "--file", "b.cs", "--max-attempt", "2", "--needs-review", "false",
            "--json").Document().GetProperty("taskLocking");
        Assert.Equal("b.cs", own.GetProperty("files")[0].GetString());
        Assert.Equal(2, own.GetProperty("maxAttempt").GetInt32());
        Assert.False(own.TryGetProperty("review", out _));
        workspace.Run("task", "set", "T-1", "--needs-review");
        own = workspace.Run("task", "set", "T-1", "--clear", "allow", "--clear", "file", "--clear", "max-attempt", "--clear",
            "retry-delay", "--clear", "time-limit",
            "--clear", "not-before", "--clear", "needs-review", "--json").Document().GetProperty("taskLocking");
        Assert.All(["allow", "files", "retryDelay", "timeLimit", "notBefore", "review"],
            name => Assert.False(own.TryGetProperty(name, out var left) && left.GetRawText() != "[]", name));
        Assert.True(!own.TryGetProperty("maxAttempt", out var most) || most.GetInt32() == 1);
    }

    [Fact]
    public void History_tells_each_change_and_who_made_it()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "set", "T-1", "--status", "done", "--by", "me");
        var entries = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray().ToList();
        var change = entries[^1];
        Assert.Equal("status", change.GetProperty("field").GetString());
        Assert.Equal("Todo", change.GetProperty("oldValue").GetString());
        Assert.Equal("Done", change.GetProperty("newValue").GetString());
        Assert.Equal("me", change.GetProperty("by").GetString());
        Assert.EndsWith("Z", change.GetProperty("timestamp").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_prints_the_todo_as_it_was_last()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        Assert.Equal("T-1", workspace.Run("task", "remove", "T-1", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(["T-2"], TasklockAnswer.Texts(workspace.Run("task", "get", "--json").Document(), "id"));
    }

    [Fact]
    public void What_succeeded_of_several_is_printed_and_each_refusal_told()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.Run("task", "get", "T-9", "T-1", "T-8", "--json");
        Assert.Equal(["T-1"], TasklockAnswer.Texts(answer.Partial(), "id"));
        Assert.Equal(["T-9", "T-8"], TasklockAnswer.Texts(answer.Refusal("TaskNotFound", 4).GetProperty("refusals"), "task_id"));
        var told = workspace.Run("task", "set", "T-9", "T-1", "T-8", "--status", "done");
        Assert.Equal(4, told.ExitCode);
        Assert.Equal(2, told.Error.Split('\n').Count(line => line.StartsWith("tasklock: ", StringComparison.Ordinal)));
        Assert.Contains("T-1", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_are_not_known_are_kept_and_shown()
    {
        using var workspace = new CliWorkspace();
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(workspace.Document)!);
        System.IO.File.WriteAllText(workspace.Document,
            """{"todos":[{"id":"T-1","name":"n","status":"Todo","priority":"low","tags":[],"odd":{"x":1.50}}]}""");
        Assert.Equal("1.50", workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("odd").GetProperty("x").GetRawText());
        Assert.Equal("1.50",
            workspace.Run("task", "set", "T-1", "--priority", "high",
                "--json").Document().GetProperty("odd").GetProperty("x").GetRawText());
    }

    [Fact]
    public void A_table_for_a_person_is_never_cut_when_redirected()
    {
        using var workspace = new CliWorkspace();
        var name = string.Concat(Enumerable.Repeat("long name [x] ", 40)).Trim();
        workspace.Run("task", "new", "T-1", "--name", name);
        var table = workspace.Run("task", "get");
        Assert.Contains(name, table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", table.Output, StringComparison.Ordinal);
        Assert.Contains(name, workspace.Run("task", "get", "T-1").Output, StringComparison.Ordinal);
    }
}
