using System.IO;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class LockTests
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void The_exit_code_of_the_command_is_passed_on(string script, int exitCode)
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(exitCode, workspace.Run("lock", "T-1", "--", "sh", "-c", script).ExitCode);
    }

    [Fact]
    public void Streams_and_arguments_are_the_commands_own()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunWith("from stdin\n", null, "lock", "T-1", "--", "sh", "-c", "cat; echo \"$1|$2\"; echo err >&2",
            "--json", "--help", "a b");
        Assert.Equal("from stdin\n--help|a b\n", answer.Output);
        Assert.Equal("err", answer.Error);
        Assert.Equal(0, answer.ExitCode);
    }

    [Fact]
    public void A_command_that_cannot_be_run_is_127_or_126_and_the_task_is_free()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var script = Path.Combine(workspace.Folder, "a-script-of-this-test");
        File.WriteAllText(script, "true\n");
        Assert.Equal(127, workspace.Run("lock", "T-1", "--", "no-such-command-here").ExitCode);
        Assert.Equal(127, workspace.Run("lock", "T-1", "--", "a-script-of-this-test").ExitCode);
        Assert.Equal(127, workspace.Run("lock", "T-1", "--", "./none").ExitCode);
        var answer = workspace.Run("lock", "T-1", "--json", "--", "./a-script-of-this-test");
        Assert.Equal(126, answer.ExitCode);
        answer.Refusal("InvalidArgument", 126);
        Assert.Equal(0, workspace.Run("lock", "T-1", "--timeout", "0", "--", "true").ExitCode);
    }

    [Fact]
    public void Tasklock_inside_the_command_is_let_through()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var elsewhere = Directory.CreateDirectory(Path.Combine(workspace.Folder, "sub")).FullName;
        var answer = workspace.Run("lock", "T-1", "--", "sh", "-c",
            $"cd '{elsewhere}' && '{TasklockProcess.Program}' task set T-1 --status done --timeout 0 --json");
        Assert.Equal("Done", answer.Document().GetProperty("status").GetString());
    }

    [Fact]
    public void A_lock_inside_a_lock_lets_its_command_through_both()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        var answer = workspace.Run("lock", "T-1", "--", TasklockProcess.Program, "lock", "T-2", "--",
            TasklockProcess.Program, "task", "set", "T-1", "T-2", "--status", "done", "--timeout", "0", "--json");
        Assert.Equal(["Done", "Done"], TasklockAnswer.Texts(answer.Document(), "status"));
    }

    [Fact]
    public void Others_wait_until_the_command_ends()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        using var holder = workspace.Hold("T-1");
        using var waiter = workspace.Start("task", "set", "T-1", "--status", "done", "--timeout", "none");
        Assert.Contains("holder", waiter.FirstErrorLine(), System.StringComparison.Ordinal);
        Assert.Equal(0, workspace.Run("task", "set", "T-2", "--status", "done", "--timeout", "0").ExitCode);
        Assert.Equal("Todo", Status(workspace));
        Assert.Equal(3, holder.Finish().ExitCode);
        Assert.Equal(0, waiter.Finish().ExitCode);
        Assert.Equal("Done", Status(workspace));
    }

    [Fact]
    public void Terminate_is_passed_on_and_the_tasks_are_freed()
    {
        using var workspace = new CliWorkspace().With("T-1");
        // A child that is killed before it has become the sleep may live on; it must not keep our pipe open.
        using var holder = workspace.Start("lock", "T-1", "--", "sh", "-c",
            "trap 'kill $!; exit 9' TERM; sleep 300 >/dev/null 2>&1 & echo inside; wait");
        Assert.Equal("inside", holder.ReadLine());
        holder.Signal(TasklockProcess.Terminate);
        Assert.Equal(9, holder.Finish().ExitCode);
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "--status", "done", "--timeout", "0").ExitCode);
    }

    [Fact]
    public void An_interrupt_is_the_commands_to_answer()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Start("lock", "T-1", "--", "sh", "-c", "trap '' INT; echo inside; read line; exit 3");
        Assert.Equal("inside", holder.ReadLine());
        holder.Signal(TasklockProcess.Interrupt);
        Assert.Equal(5, workspace.Run("task", "set", "T-1", "--status", "done", "--timeout", "0").ExitCode);
        Assert.Equal(3, holder.Finish().ExitCode);
    }

    [Theory]
    [InlineData("task", "set", "T-1", "--status", "done")]
    [InlineData("lock", "T-1", "--", "true")]
    public void An_interrupt_of_a_wait_is_130_and_changes_nothing(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Hold("T-1");
        using var waiter = workspace.Start(["--timeout", "none", .. args]);
        Assert.StartsWith("tasklock: ", waiter.FirstErrorLine(), System.StringComparison.Ordinal);
        waiter.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, waiter.Finish().ExitCode);
        Assert.Equal(3, holder.Finish().ExitCode);
        Assert.Equal("Todo", Status(workspace));
    }

    private static string? Status(CliWorkspace workspace) =>
        workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("status").GetString();
}
