using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Who does what, what is stuck, and to wait for it.</summary>
public sealed class StatusTests
{
    [Fact]
    public void Each_task_that_somebody_works_on_or_has_to_see_to_has_a_row()
    {
        using var workspace = new CliWorkspace();
        Define(workspace, "works");
        Define(workspace, "claimed");
        Define(workspace, "gone");
        Define(workspace, "fails");
        Define(workspace, "held", "--depends-on", "fails");
        Define(workspace, "looked", "--needs-review");
        Define(workspace, "vain", "--depends-on", "nowhere");
        Define(workspace, "ready");
        using var worker = workspace.Start("lock", "ready", "--", "sh", "-c", "echo here; read line");
        worker.ReadLine();
        Take(workspace, "works", "w1", "--pid", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0, workspace.Run("assign", "claimed", "--to", "w2").ExitCode);
        using (var victim = workspace.Start("lock", "ready", "--timeout", "none", "--", "true"))
        {
            Take(workspace, "gone", "w3", "--pid", victim.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            victim.KillHard();
            victim.ExitCode();
        }
        Take(workspace, "fails", "w4");
        Assert.Equal(0, workspace.Run("fail", "fails", "--agent", "w4", "--reason", "no branch").ExitCode);
        Take(workspace, "looked", "w5");
        Assert.Equal(0, workspace.Run("complete", "looked", "--agent", "w5").ExitCode);

        var status = workspace.Run("status", "--json").Document();
        var rows = status.GetProperty("work").EnumerateArray().ToList();
        Assert.Equal(["working works agent:w1", "gone gone agent:w3", "review looked agent:w5", "stuck vain ", "blocked held ",
            "failed fails agent:w4"],
            rows.Select(row => $"{Text(row, "state")} {Text(row, "task_id")} {Text(row, "agent")}"));
        Assert.True(rows[0].GetProperty("alive").GetBoolean());
        Assert.InRange(rows[0].GetProperty("lease_left").GetDouble(), 1, 4 * 3600);
        Assert.False(rows[1].GetProperty("alive").GetBoolean());
        Assert.Contains("nowhere", Text(rows[3], "why"), StringComparison.Ordinal);
        Assert.Equal("fails failed", Text(rows[4], "why"));
        Assert.Equal("no branch", Text(rows[5], "why"));
        Assert.Equal(8, status.GetProperty("progress").GetProperty("total").GetInt32());

        var shown = workspace.Run("status").Output;
        Assert.Contains("Working  works   agent:w1", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
        worker.Finish();
    }

    [Fact]
    public void It_is_followed_change_by_change_until_a_signal()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var watch = workspace.Start("status", "--watch", "--json");
        Assert.Equal(0, Work(watch));
        Take(workspace, "T-1", "w");
        while (Work(watch) == 0)
        {
            // A change of the claim, before the begin.
        }
        watch.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, watch.ExitCode());
    }

    [Fact]
    public void Tasks_are_waited_for_until_they_have_come_there()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        using var waiter = workspace.Start("task", "wait", "T-1", "T-2", "--json");
        Assert.Equal(0, workspace.Run("task", "set", "T-2", "--status", "done").ExitCode);
        Assert.False(waiter.HasExited);
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "--status", "done").ExitCode);
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(waiter.Finish().Document(), "id"));
    }

    [Fact]
    public void One_that_will_not_come_there_is_not_waited_for()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "wait", "T-1", "--timeout", "0", "--json").Refusal("WaitTimeout", 5);
        workspace.Run("task", "wait", "none", "--json").Refusal("TaskNotFound", 4);
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "--status", "cancelled").ExitCode);
        workspace.Run("task", "wait", "T-1", "--json").Refusal("StatusConflict", 6);
        Assert.Equal("T-1", Text(workspace.Run("task", "wait", "T-1", "--for", "done", "--for", "cancelled", "--json").Document(), "id"));
        using var waiter = workspace.Start("task", "wait", "T-2", "T-1", "--any", "--for", "done", "--json");
        Assert.Equal(0, workspace.Run("task", "set", "T-2", "--status", "done").ExitCode);
        Assert.Equal(["T-2"], TasklockAnswer.Texts(waiter.Finish().Document(), "id"));
        using var removed = workspace.Start("task", "wait", "T-1", "--for", "review", "--for", "todo", "--timeout", "0", "--json");
        removed.Finish().Refusal("StatusConflict", 6);
    }

    [Fact]
    public void A_signal_ends_a_wait()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var waiter = workspace.Start("task", "wait", "T-1", "--verbose");
        Assert.StartsWith("tasklock: workspace ", waiter.FirstErrorLine(), StringComparison.Ordinal);
        waiter.Signal(TasklockProcess.Terminate);
        Assert.Contains(waiter.Finish().ExitCode, new[] { 143, 128 + 15 });
    }

    [Fact]
    public void Tasks_are_found_by_words_of_all_their_texts()
    {
        using var workspace = new CliWorkspace();
        Define(workspace, "T-1", "--name", "Fix the Login", "--content", "It hangs after a TIMEOUT.");
        Define(workspace, "T-2", "--name", "Login page", "--tag", "web");
        Define(workspace, "T-3", "--name", "Other");
        Take(workspace, "T-3", "w");
        Assert.Equal(0, workspace.Run("fail", "T-3", "--agent", "w", "--reason", "no login").ExitCode);
        Assert.Equal(["T-1", "T-2", "T-3"], Found("login"));
        Assert.Equal(["T-1"], Found("login", "timeout"));
        Assert.Equal(["T-2"], Found("WEB"));
        Assert.Equal(["T-3"], Found("login", "--status", "failed"));
        Assert.Empty(Found("log*"));
        Assert.Empty(Found("--stale", "1h"));
        Assert.Equal(["T-1", "T-2", "T-3"], Found("--stale", "0"));
        workspace.Run("task", "find", "--json").Refusal("InvalidArgument", 2);
        var document = System.IO.File.ReadAllText(workspace.Document).Replace("\"id\": \"T-2\"",
            "\"comments\": [{\"by\": \"ann\", \"text\": [\"ask B\\u00f6b first\"]}], \"id\": \"T-2\"", StringComparison.Ordinal);
        System.IO.File.WriteAllText(workspace.Document, document);
        Assert.Equal(["T-2"], Found("ask böb"));
        Assert.Empty(Found("by"));

        string[] Found(params string[] words) =>
            TasklockAnswer.Texts(workspace.Run(["task", "find", .. words, "--json"]).Document(), "id");
    }

    private static int Work(TasklockProcess watch)
    {
        using var document = JsonDocument.Parse(watch.ReadLine()!);
        return document.RootElement.GetProperty("work").GetArrayLength();
    }

    private static void Define(CliWorkspace workspace, params string[] words) =>
        Assert.Equal(0, workspace.Run(["task", "new", .. words]).ExitCode);

    private static void Take(CliWorkspace workspace, string id, string agent, params string[] more)
    {
        Assert.Equal(0, workspace.Run("assign", id, "--to", agent).ExitCode);
        Assert.Equal(0, workspace.Run(["start", id, "--agent", agent, .. more]).ExitCode);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
