using System;
using System.Collections.Generic;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// All other tests run on the command that this machine makes of it, native code where it can. These run on that and on the portable one,
/// and touch what may differ: the runtime's part of a start, of signals, of descriptors, of processes and of what is found by name.
/// </summary>
public sealed class BothBuildsTests
{
    private const string Made = "publish";
    private const string Portable = "portable";

    [Fact]
    public void A_native_command_is_one_file_and_a_portable_one_is_not()
    {
        Assert.True(File.Exists(Beside(Portable, "tasklock.dll")));
        Assert.SkipWhen(File.Exists(Beside(Made, "tasklock.dll")), "No C toolchain: all tests of the command run on the portable one.");
        // The server beside it is a program of its own.
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(TasklockProcess.ProgramOf(Made))!),
            path => Path.GetFileName(path) != "tasklock-server");
        Assert.All(new[] { Made, Portable }, build => Assert.True(File.Exists(Beside(build, "tasklock-server/tasklock-server.dll"))));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("task", "--help")]
    [InlineData("next", "--help")]
    [InlineData("stress", "--help")]
    [InlineData("no-such-command")]
    [InlineData("task", "new")]
    [InlineData("task", "new", "T-1", "--priority", "soonest")]
    [InlineData("task", "new", "a\u202eb", "--json")]
    [InlineData("lock", "T-1", "--timeout", "soon", "--", "true")]
    [InlineData("file", "lock", "a", "--agent", "b", "--ttl", "never")]
    [InlineData("topic", "new", "Größe ﬁx Ⅷ", "--root", "specs")]
    [InlineData("stress", "--phase", "never", "--json")]
    [InlineData("agent", "add", "a", "--type", "robot")]
    [InlineData("metrics")]
    [InlineData("graph", "check")]
    public void Both_say_the_same(params string[] args)
    {
        using var made = new CliWorkspace(TasklockProcess.ProgramOf(Made));
        using var portable = new CliWorkspace(TasklockProcess.ProgramOf(Portable));
        var (first, second) = (made.Run(args), portable.Run(args));
        Assert.Equal(Placeless(first, made), Placeless(second, portable));
        Assert.NotEqual("", first.Output + first.Error);
    }

    [Theory]
    [InlineData(Made, Portable)]
    [InlineData(Portable, Made)]
    public void A_task_goes_its_way_from_one_to_the_other(string one, string other)
    {
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(one));
        workspace.With("T-1", "T-2", "paypal");
        workspace.Run("task", "new", "\u0440ay\u0440al", "--json").Refusal("InvalidArgument", 2); // of Cyrillic letters in part
        workspace.Run("task", "new", "Größe", "--name", "Ünïcode 🚀", "--depends-on", "T-1", "--json").Document();
        workspace.Run("assign", "T-2", "paypal", "--to", "bob", "--json").Document();
        workspace.Run("assign", "T-2", "--to", "ann", "--json").Refusal("TaskAlreadyAssigned", 3);
        var claim = Run(other, workspace, "next", "--agent", "ann", "--start", "--json").Document();
        Assert.Equal("T-1", claim.GetProperty("id").GetString());
        workspace.Run("complete", "T-1", "--agent", "ann", "--json").Document();
        var task = Run(other, workspace, "task", "get", "Größe", "--json").Document();
        Assert.Equal("Ünïcode 🚀", task.GetProperty("name").GetString());
        workspace.Run("file", "lock", "src/*.cs", "--agent", "ann", "--json").Document();
        Run(other, workspace, "file", "lock", "src/a.cs", "--agent", "bob", "--json").Refusal("FileLocked", 3);
        workspace.Run("check", "--json").Document();
    }

    [Theory]
    [InlineData(Made)]
    [InlineData(Portable)]
    public void A_command_runs_under_a_lock_with_streams_words_and_exit_code_and_is_let_through(string build)
    {
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(build)).With("T-1");
        var answer = workspace.RunWith("from stdin\n", null, "lock", "T-1", "--", "sh", "-c",
            $"cat; echo \"$1\"; '{workspace.Program}' task set T-1 --status done --timeout 0 && exit 7", "sh", "größer 🚀");
        Assert.StartsWith("from stdin\ngrößer 🚀\n", answer.Output, StringComparison.Ordinal);
        Assert.Equal(7, answer.ExitCode);
    }

    [Theory]
    [InlineData(Made, TasklockProcess.Interrupt, 130)]
    [InlineData(Made, TasklockProcess.Terminate, 143)]
    [InlineData(Portable, TasklockProcess.Interrupt, 130)]
    [InlineData(Portable, TasklockProcess.Terminate, 143)]
    public void A_signal_ends_a_wait(string build, int signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No signals there.");
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(build)).With("T-1");
        using var holder = workspace.Hold("T-1");
        using var waiter = workspace.Start("task", "set", "T-1", "--status", "done", "--timeout", "none");
        Assert.NotEqual("", waiter.FirstErrorLine());
        waiter.Signal(signal);
        Assert.Equal(exitCode, waiter.Finish().ExitCode);
    }

    [Theory]
    [InlineData(Made)]
    [InlineData(Portable)]
    public void The_stress_protocol_finds_its_own_program(string build)
    {
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(build));
        var report = workspace.Run("stress", "--phase", "mixed", "--seconds", "1", "--processes", "2", "--tasks", "4", "--json").Document();
        Assert.True(report.GetProperty("passed").GetBoolean());
    }

    [Theory]
    [InlineData(Made)]
    [InlineData(Portable)]
    public void Where_the_runtime_is_told_not_to_lock_nothing_is_written(string build)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The switch is for Unix.");
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(build));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };
        workspace.RunWith("", environment, "task", "new", "T-1", "--json").Refusal("LockingUnsupported", 10);
        Assert.False(File.Exists(workspace.Document));
    }

    [Theory]
    [InlineData(Made)]
    [InlineData(Portable)]
    public void Closed_streams_change_no_exit_code(string build)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Written in bash.");
        using var workspace = new CliWorkspace(TasklockProcess.ProgramOf(build));
        var answer = workspace.RunScript("""
            "$TASKLOCK" task new T-1 <&- >&- 2>&-; echo $?
            "$TASKLOCK" task new T-1 <&- >&- 2>&- || echo $?
            "$TASKLOCK" task new T-2 > /dev/full 2> /dev/full; echo $?
            "$TASKLOCK" task get --json | true; echo ${PIPESTATUS[0]}
            """);
        Assert.Equal("0\n3\n0\n0\n", answer.Output);
    }

    private static string Beside(string build, string name) => Path.Combine(Path.GetDirectoryName(TasklockProcess.ProgramOf(build))!, name);

    private static TasklockAnswer Run(string build, CliWorkspace workspace, params string[] args)
    {
        using var process = TasklockProcess.StartProgram(TasklockProcess.ProgramOf(build), workspace.Folder, null, args);
        return process.Finish();
    }

    private static TasklockAnswer Placeless(TasklockAnswer answer, CliWorkspace workspace) => answer with
    {
        Output = answer.Output.Replace(workspace.Folder, "here", StringComparison.Ordinal),
        Error = answer.Error.Replace(workspace.Folder, "here", StringComparison.Ordinal),
    };
}
