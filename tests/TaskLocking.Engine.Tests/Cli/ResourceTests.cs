using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Named and counting locks, as real processes meet at them.</summary>
public sealed class ResourceTests : IDisposable
{
    private const string Working = "echo $$; read -r line; exit 3";

    private readonly CliWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Twenty_processes_are_never_more_than_three_inside_and_all_get_in()
    {
        // Who is inside makes a folder, and counts them all: four at once show in one of the four.
        const string Inside = "mkdir \"in.$$\"; ls -d in.* | wc -l >> seen; rmdir \"in.$$\"";
        var answer = _workspace.RunScript(
            "for i in {1..20}; do (for n in 1 2 3; do \"$TASKLOCK\" --timeout 120 lock --resource gpu=3 -- "
                + $"sh -c '{Inside}'; done) & done; wait");
        Assert.Equal(0, answer.ExitCode);
        var seen = File.ReadAllLines(Path.Combine(_workspace.Folder, "seen")).Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        Assert.Equal(60, seen.Count());
        Assert.InRange(seen.Max(), 1, 3);
    }

    [Fact]
    public void Three_get_in_and_the_fourth_is_told_who_they_are()
    {
        using var one = Enter("gpu=3", "ann");
        using var two = Enter("gpu=3", "bob");
        using var three = Enter("gpu=3", "eve");
        var refusal = Try("gpu=3").Refusal("LockTimeout", 5);
        Assert.Equal("gpu", refusal.GetProperty("resource").GetString());
        Assert.Matches("limit 3.*agent ann.*agent bob.*agent eve", refusal.GetProperty("message").GetString());
        Assert.Equal(["ann", "bob", "eve"], TasklockAnswer.Texts(_workspace.Run("resource", "list", "gpu", "--json").Document(), "agent"));
        Assert.Equal(3, two.Finish().ExitCode);
        Assert.Equal(0, Try("gpu=3").ExitCode);
    }

    [Fact]
    public void A_killed_holder_is_out_with_its_command_and_a_killed_wrapper_leaves_the_place_to_it()
    {
        using var wrapper = _workspace.Start("lock", "--resource", "gpu", "--", "sh", "-c", Working);
        var command = wrapper.ReadLine()!;
        wrapper.KillHard();
        Assert.Equal(5, Try("gpu").ExitCode);
        using var waiter = _workspace.Start("lock", "--timeout", "none", "--resource", "gpu=2", "--", "echo", "in");
        Assert.Contains("pid " + command, waiter.FirstErrorLine(), StringComparison.Ordinal);
        Assert.Equal(0, _workspace.RunScript("kill -9 \"$1\"", command).ExitCode);
        Assert.Equal("in", waiter.ReadLine());
        Assert.Equal(0, waiter.Finish().ExitCode);
    }

    [Fact]
    public void Lock_files_that_are_taken_away_below_a_holder_let_nobody_in()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Marks of held things are Linux'.");
        using var holder = Enter("gpu=2", "ann");
        Directory.Delete(Locks, recursive: true);
        Assert.Equal(5, Try("gpu").ExitCode);
        using (var second = Enter("gpu=3", "bob"))
        {
            Assert.Equal(5, Try("gpu=3").ExitCode);
            Assert.Equal(3, second.Finish().ExitCode);
        }
        var answer = holder.Finish();
        Assert.Equal(3, answer.ExitCode);
        Assert.Contains("was removed or replaced while gpu was held", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, Try("gpu").ExitCode);
    }

    [Fact]
    public void What_was_started_under_it_is_refused_and_told_why()
    {
        _ = _workspace.With("T-1");
        var inner = _workspace.Run("lock", "--resource", "gpu=2", "--", TasklockProcess.Program, "--timeout", "none", "--json", "lock",
            "--resource", "gpu=2", "--", "true");
        _ = inner.Refusal("LockRecursion", 6);
        // A task comes before every resource: where somebody else holds it, who holds a resource cannot wait for it.
        using var task = _workspace.Hold("T-1");
        _ = _workspace.Run("lock", "--resource", "gpu", "--", TasklockProcess.Program, "--timeout", "none", "--json", "lock", "T-1", "--",
            "true").Refusal("LockOrder", 6);
    }

    [Fact]
    public void Overlapping_sets_of_tasks_and_resources_never_wait_for_each_other()
    {
        _ = _workspace.With("T-1", "T-2");
        string[] sets =
        [
            "T-1 --resource a", "--resource a --resource b=2 T-2", "--resource b=2 T-1", "T-2 T-1 --resource c",
            "--resource c --resource a", "--resource b=1 --resource c=2 T-1 T-2",
        ];
        var answer = _workspace.RunScript(string.Concat(sets.Select(set =>
            $"(for n in 1 2 3 4; do \"$TASKLOCK\" --timeout 100 lock {set} -- true || echo failed >> failed; done) &\n")) + "wait");
        Assert.Equal(0, answer.ExitCode);
        Assert.False(File.Exists(Path.Combine(_workspace.Folder, "failed")), answer.Error);
    }

    [Fact]
    public void A_script_that_locks_the_file_of_a_place_is_a_holder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "flock(1) is Unix'.");
        Assert.Equal(0, Try("gpu").ExitCode);
        var file = Path.Combine(Locks, "resource_gpu.1.1.lock");
        Assert.True(File.Exists(file));
        var answer = _workspace.RunScript("flock \"$1\" \"$TASKLOCK\" lock --timeout 0 --resource gpu=5 -- true", file);
        Assert.Equal(5, answer.ExitCode);
    }

    [Fact]
    public void Sync_sweeps_what_nobody_holds()
    {
        using var holder = Enter("kept=2", "ann");
        Assert.Equal(0, Try("gone").ExitCode);
        Assert.Contains(Path.Combine(Locks, "resource_gone.1.1.lock"), Directory.GetFiles(Locks));
        Assert.Equal(0, _workspace.Run("sync").ExitCode);
        Assert.Equal(["resource_kept.2.1.holder", "resource_kept.2.1.lock", "resources.lock"],
            Directory.GetFiles(Locks).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(5, Try("kept").ExitCode);
        Assert.Contains("Nothing stands beside the store's own files.", _workspace.Run("check").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu=x")]
    [InlineData("gpu=")]
    [InlineData("gpu=0")]
    [InlineData("gpu=101")]
    [InlineData("gpu=-1")]
    [InlineData("=2")]
    [InlineData("")]
    public void What_is_no_resource_is_refused(string resource) => _ = Try(resource).Refusal("InvalidArgument", 2);

    [Fact]
    public void It_is_listed_for_a_person_and_offered_at_Tab()
    {
        Assert.Equal("No resource is held.\n", _workspace.Run("resource", "list").Output);
        using var holder = Enter("gpu=2", "ann");
        var lines = _workspace.Run("resource", "list", "g*").Output.Split('\n');
        Assert.Matches("Resource +Limit +Agent", lines[0]);
        Assert.Matches("gpu +2 +ann +[0-9]+ on ", lines[1]);
        Assert.Equal("No resource is held.\n", _workspace.Run("resource", "list", "x*").Output);
    }

    private string Locks => Path.Combine(_workspace.Folder, ".todo2", "locks");

    private TasklockAnswer Try(string resource) =>
        _workspace.Run("lock", "--timeout", "0", "--json", "--resource", resource, "--", "true");

    private TasklockProcess Enter(string resource, string agent)
    {
        var holder = _workspace.Start("lock", "--timeout", "60", "--resource", resource, "--agent", agent, "--", "sh", "-c",
            "echo inside; read line; exit 3");
        Assert.Equal("inside", holder.ReadLine());
        return holder;
    }
}
