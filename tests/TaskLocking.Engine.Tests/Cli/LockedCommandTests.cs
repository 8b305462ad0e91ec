using System;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A command under a lock has the lock, and everything else as its starter was given it: signals, words, variables.</summary>
public sealed class LockedCommandTests
{
    // Says that it is there and with which number, and ends with its input.
    private const string Working = "echo $$; read -r line; exit 3";

    // Leaves something behind that ends with the input.
    private const string Background = "exec 3<&0; sh -c 'read -r line <&3' >/dev/null 2>&1 & ";

    [Fact]
    public void It_keeps_the_task_when_the_wrapper_is_killed_until_it_ends()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var wrapper = workspace.Start("lock", "T-1", "--agent", "holder", "--", "sh", "-c", Working);
        var command = int.Parse(wrapper.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        // The command may say its number before the wrapper has written down that it holds the task.
        for (var i = 0; i < 100 && Holder().GetProperty("pid").GetInt32() != command; i++)
            System.Threading.Thread.Yield();
        wrapper.KillHard();
        var holder = Holder();
        Assert.Equal(command, holder.GetProperty("pid").GetInt32());
        Assert.Equal("holder", holder.GetProperty("agent").GetString());
        workspace.Run("task", "set", "T-1", "--name", "x", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
        using var waiter = workspace.Start("task", "set", "T-1", "--status", "done", "--timeout", "none");
        Assert.Contains("pid " + command, waiter.FirstErrorLine(), StringComparison.Ordinal);
        wrapper.Input.Close();
        Assert.Equal(0, waiter.Finish().ExitCode);

        System.Text.Json.JsonElement Holder() => workspace.Run("lock", "T-1", "--timeout", "0", "--json", "--", "true")
            .Refusal("LockTimeout", 5).GetProperty("holder");
    }

    [Fact]
    public void What_it_started_keeps_the_task_too_when_the_wrapper_is_killed()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        const string Script = Background + "echo $$; exec sleep 300 3<&- </dev/null";
        using var wrapper = workspace.Start("lock", "T-1", "T-2", "--", "sh", "-c", Script);
        var command = wrapper.ReadLine()!;
        wrapper.KillHard();
        Assert.Equal(0, workspace.RunScript("kill -9 \"$1\"", command).ExitCode);
        Assert.Equal(5, workspace.Run("lock", "T-1", "--timeout", "0", "--", "true").ExitCode);
        Assert.Equal(5, workspace.Run("lock", "T-2", "--timeout", "0", "--", "true").ExitCode);
        wrapper.Input.Close();
        Assert.Equal(0, workspace.Run("lock", "T-1", "T-2", "--timeout", "60", "--", "true").ExitCode);
    }

    [Fact]
    public void What_it_leaves_behind_keeps_nothing_when_it_ends()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var wrapper = workspace.Start("lock", "T-1", "--", "sh", "-c", Background + "exit 4");
        Assert.Equal(4, wrapper.ExitCode());
        Assert.Equal(0, workspace.Run("lock", "T-1", "--timeout", "0", "--", "true").ExitCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(workspace.Folder, ".todo2", "locks"), "*.holder"));
    }

    [Fact]
    public void Its_own_files_do_not_push_the_lock_out()
    {
        using var workspace = new CliWorkspace().With("T-1");
        const string Files = "for i in {3..99}; do eval \"exec $i</dev/null\"; done; ";
        using var wrapper = workspace.Start("lock", "T-1", "--", "bash", "-c", Files + Working);
        wrapper.ReadLine();
        wrapper.KillHard();
        Assert.Equal(5, workspace.Run("lock", "T-1", "--timeout", "0", "--", "true").ExitCode);
        wrapper.Input.Close();
    }

    [Theory]
    [InlineData("")]
    [InlineData("trap '' HUP; ")]
    [InlineData("trap '' INT QUIT USR1; ")]
    [InlineData("trap '' TSTP USR2 WINCH; ")]
    public void Its_signals_are_as_they_were(string before)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernel tells of signals in /proc.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Look = "grep -E '^Sig(Blk|Ign)' /proc/self/status";
        // What runs the tests may have started us with SIGPIPE ignored, as .NET does.
        var expected = workspace.RunScript(before + "exec env --default-signal=PIPE " + Look).Output;
        Assert.Equal(expected, workspace.RunScript(before + "exec env --default-signal=PIPE \"$TASKLOCK\" lock T-1 -- " + Look).Output);
    }

    [Fact]
    public void It_ends_with_the_pipe_that_it_writes_to()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunScript("\"$TASKLOCK\" lock T-1 -- sh -c 'while :; do echo x; done' | head -n 1; echo ${PIPESTATUS[0]}");
        Assert.Equal("x\n141\n", answer.Output);
        Assert.Equal(0, workspace.Run("lock", "T-1", "--timeout", "0", "--", "true").ExitCode);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("CONT")]
    public void It_gets_the_signals_that_the_wrapper_gets(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "setsid(1): a terminal would send some of them by itself.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Trap = "trap 'echo got; exit 7' \"$1\"; echo there; while :; do read -r -t 1 line || true; done";
        const string Script = """
            coproc setsid env --default-signal=HUP,INT,QUIT "$TASKLOCK" lock T-1 -- bash -c "$1" bash "$2"
            read -r line <&"${COPROC[0]}"; exec 6<&"${COPROC[0]}"
            kill -"$2" $COPROC_PID; read -r line <&6; wait $COPROC_PID || code=$?; echo "$line $code"
            """;
        Assert.Equal("got 7\n", workspace.RunScript(Script, Trap, signal).Output);
    }

    [Theory]
    [InlineData("kill -USR2 $$", 128 + 12)]
    [InlineData("kill -SEGV $$", 128 + 11)]
    [InlineData("kill -PIPE $$", 128 + 13)]
    [InlineData("exit 255", 255)]
    public void Its_end_is_told_as_shells_tell_it(string end, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are Linux's.");
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(exitCode, workspace.Run("lock", "T-1", "--", "sh", "-c", end).ExitCode);
    }

    [Fact]
    public void Its_end_is_known_where_ended_processes_are_forgotten()
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(7, workspace.RunScript("exec env --ignore-signal=CHLD \"$TASKLOCK\" lock T-1 -- sh -c 'exit 7'").ExitCode);
    }

    [Fact]
    public void Its_words_and_variables_are_the_bytes_that_they_were()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere they go through text.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Print = "printf '%s|%s|%s' \"$1\" \"$2\" \"$ODD\" | od -An -tx1 | tr -d ' \\n'";
        var answer = workspace.RunScript("export ODD=$'\\xe9\\n'; \"$TASKLOCK\" lock T-1 -- sh -c \"$1\" sh $'caf\\xff' '' ", Print);
        Assert.Equal("636166ff7c7ce90a", answer.Output);
        Assert.Equal("", answer.Error);
    }

    [Fact]
    public void It_is_found_by_a_name_that_only_bytes_tell()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere names go through text.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Script = """
            d=$PWD/$'b\xe9n'; trap 'rm -r "$d"' EXIT
            mkdir "$d"; printf '#!/bin/sh\necho ran\n' > "$d/tool"; chmod +x "$d/tool"
            PATH=$d:$PATH "$TASKLOCK" lock T-1 -- tool
            cd "$d"; "$TASKLOCK" lock T-1 --workspace "$OLDPWD" -- ./tool
            """;
        Assert.Equal("ran\nran\n", workspace.RunScript(Script).Output);
    }

    [Fact]
    public void It_stops_and_goes_on_with_the_wrapper()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells who is stopped.");
        using var workspace = new CliWorkspace().With("T-1");
        // Only where a process group has a parent outside it that could let it go on, the system stops it: a job of a shell has.
        const string Script = """
            set -m
            "$TASKLOCK" lock T-1 -- sh -c 'echo $$ > there; exec sleep 300' & wrapper=$!
            until [ -s there ]; do :; done; command=$(cat there)
            state() { sed -n 's/^State:.\(.\).*/\1/p' /proc/$1/status; }
            kill -TSTP $wrapper; until [ "$(state $wrapper)$(state $command)" = TT ]; do :; done
            kill -CONT $wrapper; until [ "$(state $wrapper)$(state $command)" = SS ]; do :; done
            kill -TERM $wrapper; wait $wrapper || echo $?
            """;
        Assert.Equal("143\n", workspace.RunScript(Script).Output);
    }
}
