using System;
using System.Collections.Generic;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A process that is stopped (SIGSTOP) while it holds a lock: the others wait and say for whom, until it goes on or is killed.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedHolderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CliWorkspace _place = new CliWorkspace().With("A", "B");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_holds_a_task_is_named_and_waited_for(bool isKilled)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Has no such signal.");
        using var holder = Worker.Start("hold", _place.Folder, "A");
        holder.Ready();
        ProcessSignal.Suspend(holder.Pid);
        var refusal = _place.Run("task", "set", "A", "--name", "no", "--timeout", "0", "--json").Refusal("LockTimeout",
            5).GetProperty("holder");
        Assert.Equal((holder.Pid, "stress"), (refusal.GetProperty("pid").GetInt32(), refusal.GetProperty("agent").GetString()));
        Assert.Equal(0, _place.Run("task", "set", "B", "--name", "free", "--timeout", "0").ExitCode);
        using var board = TaskBoard.Open(_place.Folder);
        LockHolder? named = null;
        var outcome = board.Edit([new TaskEdit("A") { Name = "yes" }],
            new CommitOptions { Timeout = Patience, OnWait = wait => Free(ref named, wait, holder, isKilled) });
        Assert.Null(outcome[0].Refusal);
        Assert.Equal((holder.Pid, "stress"), (named?.Pid, named?.Agent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_holds_the_state_in_the_middle_of_a_commit_is_named_and_waited_for(bool isKilled)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Has no such signal.");
        var gate = new Dictionary<string, string> { ["TASKLOCKING_GATE"] = "commit.before-append" };
        using var holder = Worker.Start(gate, "define", _place.Folder, "C");
        holder.Ready();
        holder.Go();
        Assert.Equal(["AT", "commit.before-append"], holder.ReadLine() ?? []);
        ProcessSignal.Suspend(holder.Pid);
        var refusal = _place.Run("task", "new", "D", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
        if (OperatingSystem.IsLinux())
            Assert.Equal(holder.Pid, refusal.GetProperty("holder").GetProperty("pid").GetInt32());
        // Reading needs no lock.
        Assert.Equal("A", _place.Run("task", "get", "A", "--json").Document().GetProperty("id").GetString());
        using var board = TaskBoard.Open(_place.Folder);
        LockHolder? named = null;
        Assert.Null(board.Define([new TaskDefinition("D")],
            new CommitOptions { Timeout = Patience, OnWait = wait => Free(ref named, wait, holder, isKilled) })[0].Refusal);
        Assert.NotNull(named);
        if (!isKilled)
            Assert.Equal("defined", Assert.Single(holder.Finish())[0]);
        Assert.Equal(!isKilled, board.FindTask("C") is not null);
    }

    private static void Free(ref LockHolder? named, LockWait wait, Worker holder, bool isKilled)
    {
        if (named is not null)
            return;
        named = wait.Holder;
        if (isKilled)
        {
            holder.Kill();
            return;
        }
        holder.Go();
        ProcessSignal.Resume(holder.Pid);
    }
}
