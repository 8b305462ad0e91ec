using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>Somebody takes the lock files away below their holders: nobody is let in all the same, and the holders are told.</summary>
public sealed class CleanedFolderTests : IDisposable
{
    private static readonly CommitOptions Once = new() { Timeout = TimeSpan.Zero };

    private readonly TempWorkspace _place = new();

    /// <summary>
    /// What takes a lock file away: with all that git does not keep, with its folder, or alone; and what puts another in its place.
    /// </summary>
    public static TheoryData<string> Ways { get; } = new(
        "git init -q && git add -A && git -c user.email=a@example.com -c user.name=a commit -qm x && git clean -fdxq",
        "rm -r .todo2/locks",
        "rm -f .todo2/locks/task_*",
        "rm .todo2/locks/task_T-1.lock && touch .todo2/locks/task_T-1.lock");

    public void Dispose() => _place.Dispose();

    [Theory, MemberData(nameof(Ways))]
    public void Nobody_is_let_in_and_the_holder_is_told(string clean)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the holder is told, and that is all.");
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        using var holder = workspace.Hold("T-1");
        Assert.Equal(0, workspace.RunScript(clean).ExitCode);
        workspace.Run("lock", "T-1", "--timeout", "0", "--json", "--", "true").Refusal("LockTimeout", 5);
        workspace.Run("lock", "T-1", "--timeout", "0", "--json", "--", "true").Refusal("LockTimeout", 5);
        workspace.Run("task", "set", "T-1", "--name", "x", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
        Assert.Equal("T-2", workspace.Run("next", "--agent", "a", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(0, workspace.Run("lock", "T-2", "--timeout", "0", "--", "true").ExitCode);
        using var waiter = workspace.Start("lock", "T-1", "--timeout", "none", "--", "sh", "-c", "echo inside");
        var told = holder.Finish();
        Assert.Equal(3, told.ExitCode);
        Assert.Contains("task_T-1.lock' was removed or replaced while T-1 was held", told.Error, StringComparison.Ordinal);
        Assert.Equal("inside\n", waiter.Finish().Output);
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "--name", "x", "--timeout", "0").ExitCode);
    }

    [Fact]
    public void The_command_inside_is_let_through_as_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is marked.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Set = "task set T-1 --status done --timeout 0 --json";
        var answer = workspace.Run("lock", "T-1", "--", "sh", "-c", $"rm -r .todo2/locks && '{TasklockProcess.Program}' {Set}");
        Assert.Equal("Done", answer.Partial().GetProperty("status").GetString());
        Assert.Equal(0, answer.ExitCode);
        const string Again = "lock T-1 -- true";
        var again = workspace.Run("lock", "T-1", "--", "sh", "-c", $"rm -r .todo2/locks && exec '{TasklockProcess.Program}' {Again}");
        Assert.Equal(6, again.ExitCode);
        Assert.Contains("holds task T-1 already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_knows_the_name_of_the_session_is_not_let_in_by_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is marked.");
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Hold("T-1");
        var session = JsonOf(Path.Combine(workspace.Folder, ".todo2", "locks", "task_T-1.holder"));
        Directory.Delete(Path.Combine(workspace.Folder, ".todo2", "locks"), recursive: true);
        var pretended = new Dictionary<string, string>(StringComparer.Ordinal) { [LockSession.Variable] = session };
        workspace.RunWith("", pretended, "task", "set", "T-1", "--name", "x", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
    }

    [Fact]
    public void A_folder_that_was_replaced_as_a_whole_is_told()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Hold("T-1");
        Assert.Equal(0, workspace.RunScript("cp -a .todo2 copy && mv .todo2 away && mv copy .todo2").ExitCode);
        var told = holder.Finish();
        Assert.Equal(3, told.ExitCode);
        Assert.Contains("was removed or replaced", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_that_nobody_disturbed_has_nothing_to_tell()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Hold("T-1");
        Assert.Equal(0, workspace.RunScript("sync; true").ExitCode);
        Assert.Equal("", holder.Finish().Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_commits_all_the_time_does_not_miss_it(bool isWatchedBefore)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is marked.");
        using var board = _place.Open();
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        if (isWatchedBefore)
            Commit(board, 100);
        using var other = _place.Open();
        using (other.Hold(["A"]))
        {
            if (isWatchedBefore)
                Commit(board, 10);
            Directory.Delete(_place.In(".todo2", "locks"), recursive: true);
            for (var i = 0; i < 3; i++)
            {
                var refused = Assert.Throws<TaskLockingException>(() => board.Edit([new TaskEdit("A") { Name = "n" }], Once));
                Assert.Equal(RefusalCode.LockTimeout, refused.Refusal.Code);
                Commit(board, 100);
            }
        }
        Assert.Equal(StoreNoticeKind.HoldDisturbed, Assert.Single(other.TakeNotices()).Kind);
        Assert.Null(board.Edit([new TaskEdit("A") { Name = "free" }], Once)[0].Refusal);
    }

    private static void Commit(TaskBoard board, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Null(board.Edit([new TaskEdit("B") { Name = "n" + i }], Once)[0].Refusal);
    }

    private static string JsonOf(string holderFile)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(holderFile));
        return json.RootElement.GetProperty("session").GetString()!;
    }
}
