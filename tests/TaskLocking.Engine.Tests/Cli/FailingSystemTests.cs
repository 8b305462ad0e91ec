using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// The system gives too few open files, or answers a call for ever with nothing: the command ends, and its code tells what happened.
/// </summary>
public sealed class FailingSystemTests
{
    [Theory]
    [InlineData("task new N")]
    [InlineData("next --agent a")]
    [InlineData("task get T-1")]
    [InlineData("lock T-1 -- true")]
    [InlineData("topic new t")]
    public void Who_may_open_too_few_files_does_nothing_and_says_so(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts the files that Linux's runtime opens.");
        using var workspace = new CliWorkspace().With("T-1");
        // Three files are open at least, and forty more are needed: how many more are open is whoever's who started the tests.
        foreach (var limit in Limits(26, 32, 38, 44, 46, 50, 52))
            AssertRefused(workspace, limit, command);
        Assert.Contains("T-1", workspace.RunScript("$TASKLOCK next --agent b").Output, StringComparison.Ordinal);
        Assert.Equal(4, workspace.Run("task", "get", "N").ExitCode);
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, ".claude")));
        foreach (var limit in new[] { "64", "100", "128" })
            Assert.Equal(0, workspace.RunScript($"ulimit -n {limit}; exec $TASKLOCK lock T-1 -- true").ExitCode);
    }

    [Fact]
    public void A_check_needs_more_and_is_refused_the_same_way()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts the files that Linux's runtime opens.");
        using var workspace = new CliWorkspace().With("T-1");
        foreach (var limit in Limits(26, 44, 54, 64, 76))
            AssertRefused(workspace, limit, "check --json");
        Assert.Equal(0, workspace.RunScript("ulimit -n 96; exec $TASKLOCK check").ExitCode);
    }

    [Theory]
    [InlineData("openat2:error=EINTR", 10)]
    [InlineData("pwrite64:error=EINTR", 10)]
    [InlineData("pwrite64:retval=0", 10)]
    [InlineData("fdatasync:error=EINTR", 11)]
    [InlineData("rename:error=EINTR", 0)] // of the document, after the commit
    public void A_call_that_is_interrupted_for_ever_ends(string call, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/strace"), "Needs strace.");
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunScript(
            $"strace -f -o /dev/null -e trace={call.Split(':')[0]} -e inject={call} true 2>/dev/null || exit 99; "
            + $"exec timeout 60 strace -f -o /dev/null -e trace={call.Split(':')[0]} -e inject={call} $TASKLOCK task new N");
        Assert.SkipWhen(answer.ExitCode == 99, "strace may not trace here.");
        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Equal(exitCode == 10 ? 4 : 0, workspace.Run("task", "get", "N").ExitCode);
    }

    // A native command is one file and has opened ten files fewer by then.
    private static IEnumerable<int> Limits(params int[] limits) =>
        TasklockProcess.IsNative ? limits.Select(limit => limit - 10) : limits;

    private static void AssertRefused(CliWorkspace workspace, int limit, string command)
    {
        var answer = workspace.RunScript($"ulimit -n {limit.ToString(CultureInfo.InvariantCulture)}; exec $TASKLOCK {command}");
        Assert.Equal((limit, 10), (limit, answer.ExitCode));
        Assert.Contains("ulimit -n", answer.Error, StringComparison.Ordinal);
    }
}
