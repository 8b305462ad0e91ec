using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class NoteTests
{
    [Fact]
    public void A_note_is_shown_by_the_task_and_its_history_and_is_found()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1");
        var task = workspace.Run("task", "note", "T-1", "Ask the Böb\nfirst", "--agent", "ann", "--json").Document();
        var comment = Assert.Single(task.GetProperty("comments").EnumerateArray());
        Assert.Equal(("note", "Ask the Böb\nfirst", "ann", "T-1-C-1"), (comment.GetProperty("type").GetString(),
            comment.GetProperty("content").GetString(), comment.GetProperty("by").GetString(), comment.GetProperty("id").GetString()));
        var entry = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray().Last();
        Assert.Equal(("note", "Ask the Böb\nfirst", "ann"), (entry.GetProperty("field").GetString(),
            entry.GetProperty("newValue").GetString(), entry.GetProperty("by").GetString()));
        Assert.Contains("Z, ann:\n  Ask the Böb\n  first\n", workspace.Run("task", "get", "T-1").Output);
        Assert.Contains("Ask the Böb\\nfirst", workspace.Run("task", "history", "T-1").Output);
        Assert.Single(workspace.Run("task", "find", "böb", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void A_note_comes_from_standard_input()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1");
        Assert.Equal(0, workspace.RunWith("one\r\n\u001b[31mtwo\t3\n\n", null, "task", "note", "T-1", "-", "--kind", "result").ExitCode);
        var comment = workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("comments")[0];
        Assert.Equal(("result", "one\n [31mtwo\t3"), (comment.GetProperty("type").GetString(), comment.GetProperty("content").GetString()));
    }

    [Fact]
    public void Who_completes_hands_over_the_result_in_the_same_commit()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1");
        workspace.Run("next", "--agent", "ann", "--start");
        workspace.Run("complete", "T-1", "--agent", "bob", "--result", "none of it", "--json").Refusal("NotOwner", 7);
        var task = workspace.Run("complete", "T-1", "--agent", "ann", "--result", "40 tests", "--json").Document();
        Assert.Equal("Done", task.GetProperty("status").GetString());
        Assert.Equal("40 tests", Assert.Single(task.GetProperty("comments").EnumerateArray()).GetProperty("content").GetString());
        var history = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray().ToList();
        Assert.Equal("result", history[^1].GetProperty("field").GetString());
        Assert.Equal(history[^2].GetProperty("timestamp").GetString(), history[^1].GetProperty("timestamp").GetString());
    }

    [Fact]
    public void What_is_no_note_is_refused_and_nothing_changes()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1");
        workspace.Run("task", "note", "T-1", " ", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("task", "note", "T-1", new string('x', 20_001), "--json").Refusal("InvalidArgument", 2);
        workspace.Run("task", "note", "T-1", "x", "--kind", "memo", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("task", "note", "T-2", "x", "--json").Refusal("TaskNotFound", 4);
        workspace.Run("task", "note", "T-1", "x", "--if-version", "99", "--json").Refusal("VersionChanged", 8);
        Assert.False(workspace.Run("task", "get", "T-1", "--json").Document().TryGetProperty("comments", out _));
    }
}
