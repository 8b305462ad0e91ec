using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using TaskLocking.Leases;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class ProcessLivenessTests
{
    private static readonly string Host = Environment.MachineName;
    private static readonly ProcessLiveness Here = ProcessLiveness.OfThisHost;

    [Fact]
    public void This_process_lives_and_its_start_is_told_the_same_each_time()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.NotNull(start);
        Assert.Equal(start, ProcessLiveness.StartOf(Environment.ProcessId));
        Assert.True(Here.IsAlive(Host, Environment.ProcessId, start));
        Assert.Equal(ProcessLiveness.HostName, Host);
    }

    [Fact]
    public void A_child_lives_until_it_is_killed()
    {
        using var child = Process.Start("sleep", "1000");
        var start = ProcessLiveness.StartOf(child.Id);
        Assert.True(Here.IsAlive(Host, child.Id, start));
        child.Kill();
        child.WaitForExit();
        Assert.False(Here.IsAlive(Host, child.Id, start));
        Assert.Null(ProcessLiveness.StartOf(child.Id));
    }

    [Fact]
    public void A_pid_that_is_used_again_is_another_process()
    {
        using var child = Process.Start("sleep", "1000");
        try
        {
            var start = ProcessLiveness.StartOf(child.Id)!;
            Assert.NotEqual(start, ProcessLiveness.StartOf(Environment.ProcessId));
            var last = start.LastIndexOf('/') + 1;
            Assert.False(Here.IsAlive(Host, child.Id, start[..last] + (long.Parse(start[last..]) - 1)));
            Assert.False(Here.IsAlive(Host, child.Id, start[..last] + (long.Parse(start[last..]) + 1)));
        }
        finally
        {
            child.Kill();
        }
    }

    [Fact]
    public void A_zombie_is_gone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Zombies are told by /proc.");
        // The shell's place is taken by a program that never asks how its child ended.
        var info = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add("exec 3<&0; sh -c 'read line <&3' & echo $!; exec sleep 1000");
        using var parent = Process.Start(info)!;
        try
        {
            var pid = int.Parse(parent.StandardOutput.ReadLine()!);
            var start = ProcessLiveness.StartOf(pid);
            Assert.True(Here.IsAlive(Host, pid, start));
            parent.StandardInput.WriteLine();
            parent.StandardInput.Flush();
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "), TimeSpan.FromMinutes(1)), "no zombie came to be");
            Assert.False(Here.IsAlive(Host, pid, start));
            Assert.Null(ProcessLiveness.StartOf(pid));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public void Another_boot_is_gone_and_another_namespace_cannot_be_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a start is one number.");
        var parts = ProcessLiveness.StartOf(Environment.ProcessId)!.Split('/');
        Assert.Equal(3, parts.Length);
        Assert.True(Guid.TryParse(parts[0], out _));
        Assert.NotEqual("0", parts[1]);
        Assert.False(Here.IsAlive(Host, Environment.ProcessId, $"{Guid.NewGuid()}/{parts[1]}/{parts[2]}"));
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, $"{parts[0]}/1/{parts[2]}"));
        Assert.False(Here.IsAlive(Host, Environment.ProcessId, $"{Guid.NewGuid()}/1/{parts[2]}"));
    }

    [Fact]
    public void What_cannot_be_judged_here_is_left_to_time()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.Null(Here.IsAlive("another-" + Host, Environment.ProcessId, start));
        Assert.Null(Here.IsAlive(null, Environment.ProcessId, start));
        Assert.Null(Here.IsAlive(Host, null, start));
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, null));
        Assert.Null(Here.IsAlive(Host, 0, start));
        Assert.Null(Here.IsAlive(Host, -1, start));
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, ""));
        Assert.Null(ProcessLiveness.StartOf(0));
    }
}
