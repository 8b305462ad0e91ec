using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Scripts that run when something happens: trusted ones alone, each event once, and what goes wrong with one is told.</summary>
public sealed class HooksTests : IDisposable
{
    private const string Writes = "#!/bin/sh\necho \"$TASKLOCKING_EVENT $TASKLOCKING_TASK$TASKLOCKING_SWARM $TASKLOCKING_AGAIN\" >> ran\n";
    private const string Hostile = "#!/bin/sh\ntouch hostile\n";

    private readonly CliWorkspace _workspace = new();
    private readonly string _state = Directory.CreateTempSubdirectory("tasklock-state-").FullName;

    public HooksTests() => Assert.SkipWhen(OperatingSystem.IsWindows() || TasklockProcess.IsForWindows, "Its scripts are of sh.");

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public void A_trusted_script_runs_once_for_each_event_and_is_told_all_of_it()
    {
        Script("failed", Writes + "cat > told.json; pwd > where; echo out; echo err >&2\n");
        Begin("failed");
        Fail("T-1", "no luck");
        var answer = Run("hooks", "run");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Output));
        Assert.Equal(["failed T-1 "], Ran());
        Assert.Contains("failed T-1 | out", answer.Error, StringComparison.Ordinal);
        Assert.Contains("failed T-1 | err", answer.Error, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(_workspace.Folder), Path.GetFileName(File.ReadAllText(In("where")).TrimEnd()));
        using var told = System.Text.Json.JsonDocument.Parse(File.ReadAllText(In("told.json")));
        Assert.Equal("failed", told.RootElement.GetProperty("event").GetString());
        Assert.Equal("no luck", told.RootElement.GetProperty("reasons")[0].GetString());
        Assert.Equal("Failed", told.RootElement.GetProperty("task").GetProperty("status").GetString());
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Single(Ran());
    }

    [Fact]
    public void All_that_happens_has_its_script()
    {
        foreach (var name in new[] { "failed", "review", "stuck", "swarm-done" })
            Script(name, Writes);
        _ = _workspace.With("T-1", "T-2", "T-4");
        Assert.Equal(0, Run("task", "new", "T-3", "--depends-on", "T-1").ExitCode);
        Assert.Equal(0, Run("task", "set", "T-4", "--swarm", "small").ExitCode);
        Begin();
        Assert.Equal(0, Run("task", "set", "T-2", "--status", "review").ExitCode);
        Fail("T-1", "r");
        Assert.Equal(0, Run("task", "set", "T-4", "--status", "done").ExitCode);
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Equal(["failed T-1 ", "review T-2 ", "stuck T-3 ", "swarm-done small "], Ran().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_cloned_repository_brings_does_not_run()
    {
        Script("failed", Hostile);
        var clone = Directory.CreateTempSubdirectory("tasklock-clone-").FullName;
        try
        {
            _ = _workspace.RunScript("git init -q .; git add -f .todo2/hooks; git -c user.name=n -c user.email=e commit -qm hooks; "
                + "git clone -q . \"$1\"", clone);
            Assert.True(File.Exists(Path.Combine(clone, ".todo2", "hooks", "failed")));
            string[] all = ["--workspace", clone];
            Assert.Equal(0, Run([.. all, "task", "new", "T-1", "--max-attempt", "1"]).ExitCode);
            Assert.Equal(0, Run([.. all, "hooks", "run"]).ExitCode);
            Assert.Equal(0, Run([.. all, "task", "set", "T-1", "--status", "failed"]).ExitCode);
            var answer = Run([.. all, "hooks", "run"]);
            Assert.Equal(0, answer.ExitCode);
            Assert.Contains("you have not trusted it as it is", answer.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(clone, "hostile")));
            // Trust in one place is none in another, be it the same script.
            Assert.Equal(0, Run("hooks", "trust", "failed").ExitCode);
            Assert.False(Run([.. all, "hooks", "list", "--json"]).Document()[0].GetProperty("trusted").GetBoolean());
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    [Fact]
    public void A_script_that_was_changed_or_given_up_is_trusted_no_longer()
    {
        Script("failed", Writes);
        Begin("failed");
        File.AppendAllText(Hook("failed"), "touch hostile\n");
        Fail("T-1", "r");
        Assert.Contains("you have not trusted it as it is", Run("hooks", "run").Error, StringComparison.Ordinal);
        Script("failed", Writes);
        Fail("T-2", "r");
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Equal(["failed T-2 "], Ran());
        Assert.Equal("Trusted no longer: failed.\n", Run("hooks", "untrust").Output);
        Fail("T-3", "r");
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Single(Ran());
        Assert.False(File.Exists(In("hostile")));
    }

    [Theory]
    [InlineData("mv \"$1\" x; ln -s ../../x \"$1\"", "a symbolic link")]
    [InlineData("mv .todo2/hooks elsewhere; ln -s ../elsewhere .todo2/hooks", "a symbolic link")]
    [InlineData("chmod g+w \"$1\"", "its group or others may write to it")]
    [InlineData("chmod o+w \"$1\"", "its group or others may write to it")]
    [InlineData("ln \"$1\" x", "hard links")]
    [InlineData("chmod -x \"$1\"", "not executable")]
    [InlineData("rm \"$1\"; mkfifo \"$1\"; chmod 700 \"$1\"", "a FIFO")]
    [InlineData("rm \"$1\"; mkdir \"$1\"", "a folder")]
    public void What_may_not_be_used_is_neither_trusted_nor_run(string spoil, string why)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Rights and owners are looked at on Linux.");
        Script("failed", Writes);
        Begin("failed");
        Assert.Equal(0, _workspace.RunScript(spoil, Hook("failed")).ExitCode);
        Fail("T-1", "r");
        var answer = Run("hooks", "run", "--json");
        Assert.Contains(why, answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, answer.ExitCode);
        Assert.False(File.Exists(In("ran")));
        Assert.Contains(why, Run("hooks", "trust", "failed", "--json").Refusal("UnsafeFile", 10).GetProperty("message").GetString()!,
            StringComparison.Ordinal);
        Assert.Contains("never", Run("hooks", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_users_script_is_never_run_and_what_is_trusted_is_the_users_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "It gives a file away.");
        Script("failed", Writes);
        Begin("failed");
        var kept = Path.Combine(_state, "tasklocking", "hooks");
        Assert.Equal("700\n600\n", _workspace.RunScript("stat -c %a \"$1\" \"$1/trusted\"", kept).Output);
        Assert.Equal(0, _workspace.RunScript("chown 65534 \"$1\"", Hook("failed")).ExitCode);
        Fail("T-1", "r");
        Assert.Contains("belongs to", Run("hooks", "run").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("ran")));
        Assert.Equal(0, _workspace.RunScript("chown 0 \"$1\"; chmod 666 \"$2/trusted\"", Hook("failed"), kept).ExitCode);
        Assert.Equal(10, Run("hooks", "list").ExitCode);
    }

    [Fact]
    public void What_is_swapped_while_it_is_looked_at_never_runs()
    {
        Script("failed", Writes);
        Begin("failed");
        File.WriteAllText(In("hostile.sh"), Hostile);
        File.WriteAllText(In("good.sh"), Writes);
        string[] ids = [.. Enumerable.Range(0, 60).Select(number => "S-" + number)];
        _ = _workspace.With(ids);
        Assert.Equal(0, Run(["task", "set", .. ids, "--status", "failed"]).ExitCode);
        // Now another file in its place, now other bytes in the same file.
        var answer = _workspace.RunScript("""
            export XDG_STATE_HOME="$2"
            chmod 700 good.sh hostile.sh
            (while [ ! -e stop ]; do
              cp -p hostile.sh new; mv new "$1"; cp -p good.sh new; mv new "$1"; cat hostile.sh > "$1"; cat good.sh > "$1"
            done) &
            "$TASKLOCK" hooks run; touch stop; wait
            """, Hook("failed"), _state);
        Assert.Equal(0, answer.ExitCode);
        Assert.False(File.Exists(In("hostile")), "what was not trusted has run");
        Assert.All(Ran(), line => Assert.StartsWith("failed S-", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_somebody_spoiled_is_made_anew()
    {
        Script("failed", Writes);
        Begin("failed");
        Fail("T-1", "r");
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        var copy = Directory.GetFiles(Path.Combine(_state, "tasklocking", "hooks")).Single(path => Path.GetFileName(path).Length == 64);
        File.WriteAllText(copy, Hostile);
        Fail("T-2", "r");
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Equal(["failed T-1 ", "failed T-2 "], Ran());
        Assert.False(File.Exists(In("hostile")));
    }

    [Fact]
    public void One_that_fails_or_takes_too_long_is_told_and_the_next_one_runs()
    {
        Script("failed", "#!/bin/sh\necho \"$TASKLOCKING_TASK\" >> ran\n[ \"$TASKLOCKING_TASK\" != T-1 ] || exit 9\n"
            + "[ \"$TASKLOCKING_TASK\" != T-2 ] || exec sleep 300\n");
        Begin("failed");
        foreach (var id in new[] { "T-1", "T-2", "T-3" })
            Fail(id, "r");
        var answer = Run("hooks", "run", "--time-limit", "1s");
        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("for T-1 (version ", answer.Error, StringComparison.Ordinal);
        Assert.Contains("ended with exit code 9", answer.Error, StringComparison.Ordinal);
        Assert.Contains("took longer than 1s", answer.Error, StringComparison.Ordinal);
        Assert.Equal(["T-1", "T-2", "T-3"], Ran());
        Assert.Equal("Failed", Run("task", "get", "T-1", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void One_who_was_killed_goes_on_where_he_was_and_there_is_one_at_a_time()
    {
        Script("failed", Writes + "[ \"$TASKLOCKING_TASK$TASKLOCKING_AGAIN\" != T-2 ] || { echo inside; exec sleep 300; }\n");
        Begin("failed");
        using (var runner = TasklockProcess.Start(_workspace.Folder, State, "hooks", "run", "--follow"))
        {
            foreach (var id in new[] { "T-1", "T-2", "T-3" })
                Fail(id, "r");
            Assert.Contains("failed T-2 | inside", runner.FirstErrorLine(), StringComparison.Ordinal);
            Run("hooks", "run", "--json").Refusal("LockTimeout", 5);
            runner.KillHard();
            _ = runner.ExitCode();
        }
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Equal(["failed T-1 ", "failed T-2 ", "failed T-2 1", "failed T-3 "], Ran());
    }

    [Fact]
    public void A_signal_ends_it_and_its_script_and_loses_nothing()
    {
        Script("failed", Writes + "[ -n \"$TASKLOCKING_AGAIN\" ] || { echo inside; exec sleep 300; }\n");
        Begin("failed");
        using var runner = TasklockProcess.Start(_workspace.Folder, State, "hooks", "run", "--follow");
        Fail("T-1", "r");
        Assert.Contains("inside", runner.FirstErrorLine(), StringComparison.Ordinal);
        runner.Signal(TasklockProcess.Terminate);
        Assert.Equal(128 + TasklockProcess.Terminate, runner.Finish().ExitCode);
        Assert.Equal(0, Run("hooks", "run").ExitCode);
        Assert.Equal(["failed T-1 ", "failed T-1 1"], Ran());
    }

    [Fact]
    public void Wrong_words_are_refused()
    {
        Run("hooks", "trust", "faild", "--json").Refusal("InvalidArgument", 2);
        Run("hooks", "run", "--time-limit", "0s", "--json").Refusal("InvalidArgument", 2);
        Run("hooks", "trust", "review", "--json").Refusal("PathNotFound", 10);
        Assert.Equal("No hooks.\n", Run("hooks", "list").Output);
        Assert.Equal("Nothing was trusted.\n", Run("hooks", "untrust").Output);
    }

    private Dictionary<string, string> State => new(StringComparer.Ordinal) { ["XDG_STATE_HOME"] = _state };

    private string In(string name) => Path.Combine(_workspace.Folder, name);

    private string Hook(string name) => Path.Combine(_workspace.Folder, ".todo2", "hooks", name);

    private TasklockAnswer Run(params string[] args) => _workspace.RunWith("", State, args);

    private string[] Ran() => File.Exists(In("ran")) ? File.ReadAllLines(In("ran")) : [];

    private void Script(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Hook(name))!);
        File.WriteAllText(Hook(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Hook(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Trusts, and begins to count from here.
    private void Begin(params string[] events)
    {
        var answer = Run(["hooks", "trust", .. events]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Equal(0, Run("hooks", "run").ExitCode);
    }

    private void Fail(string id, string reason)
    {
        if (Run("task", "get", id).ExitCode != 0)
            Assert.Equal(0, Run("task", "new", id, "--max-attempt", "1").ExitCode);
        Assert.Equal(0, Run("assign", id, "--to", "a").ExitCode);
        Assert.Equal(0, Run("start", id, "--agent", "a").ExitCode);
        Assert.Equal(0, Run("fail", id, "--agent", "a", "--reason", reason).ExitCode);
    }
}
