using System;
using System.IO;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The exit code tells what became of the store, whoever takes the answer.</summary>
public sealed class UnwrittenAnswerTests
{
    // fd 5 is a pipe whose reader has gone.
    private const string Script = """
        mkfifo broken; exec 4<>broken 5>broken 4<&-; code=0
        "$TASKLOCK" "$@" {0} || code=$?
        exec 5>&-; rm broken; exit $code
        """;

    private static readonly string[] Reading =
    [
        "task get", "task get T-1 --json", "task history T-1", "progress", "progress --json", "metrics", "file list", "topic list",
        "graph check", "check", "next --agent nobody --swarm none --json", "--help", "lock --help", "--version",
    ];

    /// <summary>A full disk, a closed descriptor, a broken pipe.</summary>
    public static TheoryData<string> Ends { get; } = new(">/dev/full", ">&-", ">&5");

    [Theory, MemberData(nameof(Ends))]
    public void What_was_done_is_a_success(string end)
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(0, Run(workspace, end, "task", "new", "T-1").ExitCode);
        Assert.Equal(0, Run(workspace, end, "task", "new", "T-2", "--json").ExitCode);
        Assert.Equal(0, Run(workspace, end, "assign", "T-1", "T-2", "--to", "a", "--json").ExitCode);
        Assert.Equal(0, Run(workspace, end, "file", "lock", "src/a", "--agent", "a").ExitCode);
        Assert.Equal(0, Run(workspace, end, "topic", "new", "auth", "--json").ExitCode);
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(workspace.Run("task", "get", "--assignee", "a", "--json").Document(), "id"));
    }

    [Theory, MemberData(nameof(Ends))]
    public void What_only_shows_is_a_success(string end)
    {
        using var workspace = new CliWorkspace().With("T-1");
        foreach (var command in Reading)
        {
            var answer = Run(workspace, end, command.Split(' '));
            Assert.Equal((command, 0, ""), (command, answer.ExitCode, answer.Error));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("2>&3")]
    public void A_claim_into_a_pipe_that_nobody_reads_is_given_back(string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a pipe of a known size.");
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunScript(
            "mkfifo p; exec 3<>p; dd if=/dev/zero of=p bs=4096 count=16 2>/dev/null; "
            + $"$TASKLOCK next --agent a --timeout 1 {end} >&3 || echo exit $?; $TASKLOCK next --agent b");
        Assert.Contains("exit 13", answer.Output, StringComparison.Ordinal);
        Assert.Contains("T-1", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", "next --agent a")]
    [InlineData("INT", "next --agent a --timeout -1")]
    [InlineData("HUP", "start T-1 --agent a")]
    [InlineData("QUIT", "next --agent a --json")]
    public void A_signal_while_nobody_reads_gives_the_claim_back(string signal, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a pipe of a known size.");
        using var workspace = new CliWorkspace().With("T-1");
        // What runs in the background of a script ignores SIGINT and SIGQUIT, unless the script has job control.
        var answer = workspace.RunScript($$"""
            set -m; mkfifo p; exec 3<>p; dd if=/dev/zero of=p bs=4096 count=16 2>/dev/null
            $TASKLOCK assign T-1 --to a >/dev/null; $TASKLOCK {{command}} --timeout 100 >&3 2>/dev/null & pid=$!
            until $TASKLOCK task get T-1 --json | grep -q '"claim":'; do sleep 0.1; done
            sleep 1; kill -{{signal}} $pid; code=0; wait $pid || code=$?; echo "exit $code"
            $TASKLOCK task get T-1 --json
            """.Replace("--timeout -1 --timeout 100", "--timeout -1", StringComparison.Ordinal));
        Assert.Contains("exit 13", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\"T-1\"", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"claim\":", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("2>&5")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full 2>/dev/full")]
    public void A_refusal_keeps_its_code(string end)
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(3, Run(workspace, end, "task", "new", "T-1").ExitCode);
        Assert.Equal(4, Run(workspace, end, "task", "get", "T-9", "--json").ExitCode);
        Assert.Equal(2, Run(workspace, end, "task", "new", "--no-such-option").ExitCode);
    }

    [Theory, MemberData(nameof(Ends))]
    public void A_claim_that_nobody_heard_of_is_given_back(string end)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = Run(workspace, end, "next", "--agent", "a", "--json");
        Assert.Equal((13, "AnswerNotWritten"), (answer.ExitCode, Code(answer)));
        Assert.Equal(13, Run(workspace, end, "next", "--agent", "a", "--timeout", "0").ExitCode);
        Assert.Equal(13, Run(workspace, end + " 2>&-", "next", "--agent", "a").ExitCode);
        var task = workspace.Run("task", "get", "T-1", "--json").Document();
        Assert.Equal("Todo", task.GetProperty("status").GetString());
        Assert.False(task.TryGetProperty("assignee", out var assignee) && assignee.ValueKind != JsonValueKind.Null);
        Assert.False(task.GetProperty("taskLocking").TryGetProperty("claim", out _));
        Assert.Equal("T-1", workspace.Run("next", "--agent", "b", "--json").Document().GetProperty("id").GetString());
    }

    [Theory, MemberData(nameof(Ends))]
    public void A_start_gives_back_the_claims_that_it_gave_and_no_others(string end)
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "set", "T-2", "--priority", "high");
        Assert.Equal("T-2", workspace.Run("next", "--agent", "a", "--json").Document().GetProperty("id").GetString());
        workspace.Run("assign", "T-1", "--to", "a");
        var answer = Run(workspace, end, "start", "T-1", "T-2", "--agent", "a", "--json");
        Assert.Equal((13, "AnswerNotWritten"), (answer.ExitCode, Code(answer)));
        Assert.Contains("T-1", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("T-2", answer.Error, StringComparison.Ordinal);
        var tasks = workspace.Run("task", "get", "T-1", "T-2", "--json").Document();
        Assert.Equal(["Todo", "In Progress"], TasklockAnswer.Texts(tasks, "status"));
        Assert.Equal(0, Run(workspace, end, "complete", "T-2", "--agent", "a").ExitCode);
        var started = workspace.Run("start", "T-1", "--agent", "a", "--json").Document();
        Assert.Equal(1, started.GetProperty("taskLocking").GetProperty("attempt").GetInt32());
    }

    [Theory, MemberData(nameof(Ends))]
    public void Numbers_that_nobody_saw_are_not_forgotten(string end)
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(13, Run(workspace, end, "metrics", "--reset").ExitCode);
        Assert.NotEmpty(workspace.Run("metrics", "--json").Document().GetProperty("resources").EnumerateArray());
    }

    [Theory, MemberData(nameof(Ends))]
    public void A_watch_that_nobody_sees_ends_unless_it_is_over_with_its_own_code(string end)
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(13, Run(workspace, end, "progress", "--watch", "3600").ExitCode);
        Assert.Equal(13, Run(workspace, end, "progress", "--watch", "3600", "--json").ExitCode);
        workspace.Run("task", "set", "T-1", "--status", "done");
        Assert.Equal(0, Run(workspace, end, "progress", "--watch", "3600").ExitCode);
        workspace.Run("task", "set", "T-1", "--status", "failed");
        Assert.Equal(6, Run(workspace, end, "progress", "--watch", "3600").ExitCode);
    }

    [Fact]
    public void A_watch_whose_reader_goes_ends_although_nothing_changes()
    {
        using var workspace = new CliWorkspace().With("T-1");
        // The reader has its line before it goes, and after that there is nothing to write.
        var answer = workspace.RunScript("set +o pipefail; \"$TASKLOCK\" progress --watch 3600 | head -n 1; echo ${PIPESTATUS[0]}");
        Assert.Contains("1 tasks", answer.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n13\n", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptors_that_were_closed_are_no_files_of_the_store()
    {
        using var workspace = new CliWorkspace();
        const string Closed = "<&- >&- 2>&-";
        Assert.Equal(0, Run(workspace, Closed, "task", "new", "T-1", "--verbose").ExitCode);
        const string Look =
            "cd /proc/$$/fd; [ -e 0 ] || [ -e 1 ] || [ -e 2 ] || touch \"$OLDPWD/closed\"; ls -l /proc/$PPID/fd > \"$OLDPWD/opened\"";
        Assert.Equal(0, Run(workspace, Closed, "lock", "T-1", "--verbose", "--", "sh", "-c", Look).ExitCode);
        Assert.Equal(0, Run(workspace, Closed, "topic", "new", "a", "--verbose").ExitCode);
        Assert.Equal(3, Run(workspace, Closed, "task", "new", "T-1").ExitCode);
        Assert.DoesNotContain(File.ReadAllLines(Path.Combine(workspace.Folder, "opened")), line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., "0" or "1" or "2", "->", var target]
            && target.Contains(".todo2", StringComparison.Ordinal));
        // The command's were closed as well: it is as if we were not there.
        Assert.True(File.Exists(Path.Combine(workspace.Folder, "closed")));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(workspace.Folder, ".todo2"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("waited", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(0, workspace.Run("check").ExitCode);
    }

    private static TasklockAnswer Run(CliWorkspace workspace, string end, params string[] args) =>
        workspace.RunScript(Script.Replace("{0}", end, StringComparison.Ordinal), args);

    private static string? Code(TasklockAnswer answer)
    {
        using var refusal = JsonDocument.Parse(answer.Error);
        return refusal.RootElement.GetProperty("code").GetString();
    }
}
