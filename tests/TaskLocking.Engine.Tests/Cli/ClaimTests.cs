using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class ClaimTests
{
    [Fact]
    public void Next_prints_the_task_with_its_claim()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "set", "T-2", "--priority", "high");
        var todo = workspace.Run("next", "--agent", "a", "--ttl", "30m", "--json").Document();
        Assert.Equal("T-2", todo.GetProperty("id").GetString());
        Assert.Equal("Todo", todo.GetProperty("status").GetString());
        Assert.Equal("a", todo.GetProperty("assignee").GetProperty("name").GetString());
        var claim = Claim(todo);
        Assert.Equal("a", claim.GetProperty("agent").GetString());
        Assert.True(claim.GetProperty("token").GetInt64() > 0);
        Assert.Equal(1800, claim.GetProperty("ttl").GetInt32());
        Assert.Equal(TimeSpan.FromMinutes(30),
            claim.GetProperty("expires").GetDateTimeOffset() - claim.GetProperty("claimed").GetDateTimeOffset());
        Assert.False(claim.TryGetProperty("pid", out _));
        Assert.True(JsonElement.DeepEquals(todo, workspace.Run("task", "get", "T-2", "--json").Document()));
    }

    [Fact]
    public void Nothing_free_is_null_and_no_error()
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run("next", "--agent", "a", "--json");
        Assert.Equal(JsonValueKind.Null, answer.Document().ValueKind);
        var told = workspace.Run("next", "--agent", "a", "--json", "--verbose");
        Assert.Equal(0, told.ExitCode);
        Assert.Equal("null\n", told.Output);
        Assert.NotEqual("", JsonDocument.Parse(told.Error).RootElement.GetProperty("message").GetString());
        var line = workspace.Run("next", "--agent", "a");
        Assert.Equal(0, line.ExitCode);
        Assert.Equal("", line.Output);
        Assert.StartsWith("tasklock: ", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_in_vain_is_told_beside_null_in_JSON()
    {
        using var workspace = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.Document)!);
        File.WriteAllText(workspace.Document, """{"todos":[{"id":"A","dependencies":["B"]},{"id":"B","dependencies":["A"]}]}""");
        var answer = workspace.Run("next", "--agent", "a", "--json");
        Assert.Equal("null\n", answer.Output);
        var warning = JsonDocument.Parse(answer.Error.Trim().Split('\n')[^1]).RootElement.GetProperty("warning");
        Assert.Equal("WaitsInVain", warning.GetProperty("code").GetString());
        Assert.StartsWith("2 tasks wait for what will not come: A waits for itself; B waits for itself.",
            warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Swarm_tag_and_capability_choose()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--requires", "docker");
        workspace.Run("task", "new", "T-2", "--swarm", "s", "--tag", "x");
        workspace.Run("task", "new", "T-3", "--allow", "b");
        Assert.Equal("T-2", Id(workspace.Run("next", "--agent", "a", "--swarm", "s", "--tag", "x", "--json").Document()));
        var nothing = workspace.Run("next", "--agent", "a", "--json");
        Assert.Equal("null", nothing.Output.Trim());
        Assert.Contains("T-1 requires docker, which no registered agent has", nothing.Error, StringComparison.Ordinal);
        Assert.Equal("T-1", Id(workspace.Run("next", "--agent", "a", "--capability", "docker", "--json").Document()));
        Assert.Equal("T-3", Id(workspace.Run("next", "--agent", "b", "--json").Document()));
    }

    [Fact]
    public void The_agent_and_the_process_may_come_from_the_environment_and_the_options_win()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TASKLOCKING_AGENT"] = "e",
            ["TASKLOCKING_PID"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var claim = Claim(workspace.RunWith("", environment, "next", "--json").Document());
        Assert.Equal("e", claim.GetProperty("agent").GetString());
        Assert.Equal(Environment.ProcessId, claim.GetProperty("pid").GetInt32());
        Assert.Equal(Environment.MachineName, claim.GetProperty("host").GetString());
        Assert.NotEqual("", claim.GetProperty("processStart").GetString());
        claim = Claim(workspace.RunWith("", environment, "next", "--agent", "o", "--pid", "0", "--json").Document());
        Assert.Equal("o", claim.GetProperty("agent").GetString());
        Assert.False(claim.TryGetProperty("pid", out _));
        environment["TASKLOCKING_PID"] = "nonsense";
        workspace.RunWith("", environment, "next", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void A_claim_whose_process_died_goes_to_the_next_agent_with_a_strike()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var worker = Process.Start(new ProcessStartInfo("sh", ["-c", "read line"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true
        })!;
        var token = Token(workspace.Run("next", "--agent", "a", "--pid",
            worker.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json").Document());
        Assert.Equal(JsonValueKind.Null, workspace.Run("next", "--agent", "b", "--json").Document().ValueKind);
        worker.Kill();
        worker.WaitForExit();
        var todo = workspace.Run("next", "--agent", "b", "--json").Document();
        Assert.Equal("T-1", Id(todo));
        Assert.Equal(1, todo.GetProperty("taskLocking").GetProperty("strikes").GetInt32());
        var refusal = workspace.Run("start", "T-1", "--agent", "a", "--token", token, "--json").Refusal("LeaseLost", 8);
        Assert.Equal("b", refusal.GetProperty("agent").GetString());
    }

    [Fact]
    public void A_task_is_started_renewed_and_completed_by_its_token()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var token = Token(workspace.Run("next", "--agent", "a", "--json").Document());
        var started = workspace.Run("start", "T-1", "--agent", "a", "--token", token, "--json").Document();
        Assert.Equal("In Progress", started.GetProperty("status").GetString());
        Assert.Equal(1, started.GetProperty("taskLocking").GetProperty("attempt").GetInt32());
        Assert.Equal(token, Token(started));
        Assert.Equal(token, Token(workspace.Run("renew", "T-1", "--agent", "a", "--token", token, "--ttl", "2d", "--json").Document()));
        Assert.Equal(172_800, Claim(workspace.Run("task", "get", "T-1", "--json").Document()).GetProperty("ttl").GetInt32());
        var done = workspace.Run("complete", "T-1", "--agent", "a", "--token", token, "--json").Document();
        Assert.Equal("Done", done.GetProperty("status").GetString());
        Assert.False(done.GetProperty("taskLocking").TryGetProperty("claim", out _));
        var history = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray();
        Assert.Contains(history, entry => entry.GetProperty("field").GetString() == "status"
            && entry.GetProperty("newValue").GetString() == "Done"
            && entry.GetProperty("by").GetString() == "a");
    }

    [Fact]
    public void Several_tasks_are_an_array_and_have_a_token_each()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("assign", "T-1", "T-2", "--to", "a");
        Assert.Equal(["T-2", "T-1"], TasklockAnswer.Texts(workspace.Run("start", "T-2", "T-1", "--agent", "a", "--json").Document(), "id"));
        var tokens = workspace.Run("task", "get", "T-1", "T-2", "--json").Document().EnumerateArray().Select(Token).ToArray();
        var answer = workspace.Run("complete", "T-1", "T-2", "--agent", "a", "--token", tokens[0], "--token", "999999", "--json");
        Assert.Equal(["T-1"], TasklockAnswer.Texts(answer.Partial(), "id"));
        Assert.Equal("T-2", answer.Refusal("LeaseLost", 8).GetProperty("task_id").GetString());
    }

    [Fact]
    public void A_failure_is_tried_again_later_or_is_final()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--max-attempt", "2", "--retry-delay", "1h");
        workspace.Run("task", "new", "T-2", "--max-attempt", "2");
        workspace.Run("assign", "T-1", "T-2", "--to", "a");
        workspace.Run("start", "T-1", "T-2", "--agent", "a");
        var again = workspace.Run("fail", "T-1", "--agent", "a", "--reason", "no luck", "--json").Document();
        Assert.Equal("Todo", again.GetProperty("status").GetString());
        var own = again.GetProperty("taskLocking");
        Assert.Equal("no luck", own.GetProperty("failure").GetProperty("reason").GetString());
        Assert.Equal(TimeSpan.FromHours(1),
            own.GetProperty("notBefore").GetDateTimeOffset() - own.GetProperty("failure").GetProperty("at").GetDateTimeOffset());
        Assert.Equal("Failed",
            workspace.Run("fail", "T-2", "--agent", "a", "--reason", "no way", "--final",
                "--json").Document().GetProperty("status").GetString());
        var sheet = workspace.Run("task", "get", "T-1").Output;
        Assert.Contains("no luck", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_blocks_its_dependents_until_the_retry()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        workspace.Run("task", "new", "T-3", "--depends-on", "T-2");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a");
        workspace.Run("fail", "T-1", "--agent", "a", "--reason", "x");
        var blocked = workspace.Run("task", "get", "T-3", "--json").Document();
        Assert.Equal("Blocked", blocked.GetProperty("status").GetString());
        Assert.Equal("T-2", blocked.GetProperty("taskLocking").GetProperty("blockedBy").GetProperty("nearest").GetString());
        Assert.Equal("T-1", blocked.GetProperty("taskLocking").GetProperty("blockedBy").GetProperty("root").GetString());
        var refusal = workspace.Run("retry", "T-3", "--json").Refusal("DependencyFailed", 6);
        Assert.Equal("T-1", refusal.GetProperty("root_cause").GetString());
        Assert.Equal("Todo", workspace.Run("retry", "T-1", "--agent", "me", "--json").Document().GetProperty("status").GetString());
        Assert.Equal("Todo", workspace.Run("task", "get", "T-3", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void Only_a_person_approves_what_needs_review()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--needs-review");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a");
        Assert.Equal("Review", workspace.Run("complete", "T-1", "--agent", "a", "--json").Document().GetProperty("status").GetString());
        workspace.Run("complete", "T-1", "--agent", "a", "--json").Refusal("NotPermitted", 7);
        workspace.Run("complete", "T-1", "--agent", "a", "--type", "human", "--json").Refusal("NotPermitted", 7);
        workspace.Run("task", "set", "T-1", "--status", "done", "--json").Refusal("NotPermitted", 7);
        workspace.Run("complete", "T-1", "--agent", "anna", "--type", "human", "--json").Refusal("NotPermitted", 7);
        workspace.Run("agent", "add", "anna", "a", "--type", "human");
        workspace.Run("complete", "T-1", "--agent", "a", "--type", "human", "--json").Refusal("NotPermitted", 7);
        Assert.Equal("Done",
            workspace.Run("complete", "T-1", "--agent", "anna", "--type", "human", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void Any_task_may_be_put_up_for_review()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a");
        Assert.Equal("Review",
            workspace.Run("complete", "T-1", "--agent", "a", "--for-review", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void The_files_of_a_task_are_taken_with_it_and_an_overlap_is_named()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--file", "src/**", "--file", "docs/a.md");
        workspace.Run("file", "lock", "src/a.cs", "--agent", "b");
        Assert.Equal(JsonValueKind.Null, workspace.Run("next", "--agent", "a", "--json").Document().ValueKind);
        var todo = workspace.Run("next", "--agent", "a", "--on-overlap", "warn", "--json").Document();
        var overlap = Assert.Single(todo.GetProperty("overlaps").EnumerateArray());
        Assert.Equal("src/**", overlap.GetProperty("path").GetString());
        Assert.Equal("b", overlap.GetProperty("lease").GetProperty("agent").GetString());
        Assert.Equal("T-1",
            Assert.Single(workspace.Run("file", "list", "--agent", "a",
                "--json").Document().EnumerateArray()).GetProperty("task_id").GetString());
        workspace.Run("retry", "T-1", "--force");
        var told = workspace.Run("next", "--agent", "a", "--on-overlap", "warn");
        Assert.Contains("T-1", told.Output, StringComparison.Ordinal);
        Assert.Contains("src/**", told.Error, StringComparison.Ordinal);
    }

    private static string? Id(JsonElement todo) => todo.GetProperty("id").GetString();

    private static JsonElement Claim(JsonElement todo) => todo.GetProperty("taskLocking").GetProperty("claim");

    private static string Token(JsonElement todo) => Claim(todo).GetProperty("token").GetRawText();
}
