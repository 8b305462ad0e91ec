using System;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>What is read in bulk comes, or it is told that it does not: nothing is waited for without an end.</summary>
public sealed class InputTests
{
    [Theory]
    [InlineData("task new --from - --json")]
    [InlineData("assign --ids-from - --to a --json")]
    public void Standard_input_that_is_closed_is_told(string command)
    {
        using var workspace = new CliWorkspace();
        workspace.RunScript("exec \"$TASKLOCK\" \"$@\" <&-", command.Split(' ')).Refusal("InvalidArgument", 2);
    }

    [Theory]
    [InlineData("exec \"$TASKLOCK\" task new --from fifo --timeout 0 --json")]
    [InlineData("exec \"$TASKLOCK\" task new --from - --timeout 1 --json <>fifo")]
    [InlineData("exec \"$TASKLOCK\" assign --ids-from - --to a --timeout 1 --json <>fifo")]
    public void A_pipe_that_nobody_writes_is_waited_for_as_long_as_was_said(string script)
    {
        using var workspace = new CliWorkspace();
        var refusal = workspace.RunScript("mkfifo fifo; " + script).Refusal("LockTimeout", 5);
        Assert.Contains("Nothing came", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_a_wait_for_input()
    {
        using var workspace = new CliWorkspace();
        // That it has the pipe open, and not by what the shell handed down, shows that it is there: until then a shell's child ignores the
        // signal. What it waits for never comes.
        var answer = workspace.RunScript("""
            mkfifo fifo; exec 5<>fifo; set +e
            env --default-signal=INT "$TASKLOCK" task new --from fifo 5<&- & child=$!
            until grep -q fifo < <(ls -l /proc/$child/fd 5<&- 2>/dev/null); do :; done
            kill -INT $child; wait $child; echo $?
            """);
        Assert.Equal("130", answer.Output.Trim());
    }

    [Fact]
    public void A_pipe_is_read_to_its_end_however_slowly_it_comes()
    {
        using var workspace = new CliWorkspace();
        const string Slow = """
            mkfifo fifo
            { exec 5>fifo; printf '{"id":' >&5; "$TASKLOCK" task get >/dev/null; printf '"T-1"}\n{"id":"T-2"}\n' >&5; } &
            exec "$TASKLOCK" task new --from fifo --timeout 0 --json
            """;
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(workspace.RunScript(Slow).Document(), "id"));
        const string Substituted = "exec \"$TASKLOCK\" task new --json --from <(printf '[{\"id\":\"T-3\"}]')";
        Assert.Equal(["T-3"], TasklockAnswer.Texts(workspace.RunScript(Substituted).Document(), "id"));
    }

    [Theory]
    [InlineData("/dev/zero", 2)]
    [InlineData(".", 10)]
    [InlineData("none", 10)]
    [InlineData("none/of/it", 10)]
    public void What_is_no_list_is_told(string name, int exitCode)
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run("task", "new", "--from", name);
        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains(name, answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":\"T-1\"}\n{\"id\":\"T-\\xff\"}\n", "task", "new", "--from", "list")]
    [InlineData("T-1\nT-\\xff\n", "assign", "--to", "a", "--ids-from", "list")]
    public void A_list_that_is_not_UTF_8_is_refused_whole_with_its_line(string list, params string[] command)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var file = Path.Combine(workspace.Folder, "list");
        File.WriteAllBytes(file, [.. System.Text.Encoding.Latin1.GetBytes(list.Replace("\\xff", "\u00ff", StringComparison.Ordinal))]);
        var refusal = workspace.Run([.. command, "--json"]).Refusal("InvalidArgument", 2);
        Assert.Contains("T-\\xff", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["T-1"], TasklockAnswer.Texts(workspace.Run("task", "get", "--unassigned", "--json").Document(), "id"));
    }
}
