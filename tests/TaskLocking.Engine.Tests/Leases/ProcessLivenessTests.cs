using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Liveness;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
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
        for (var i = 0; i < 4; i++) // The first time it is read about, then watched.
            Assert.True(Here.IsAlive(Host, child.Id, start));
        child.Kill();
        child.WaitForExit();
        Assert.False(Here.IsAlive(Host, child.Id, start));
        Assert.False(Here.IsAlive(Host, child.Id, start));
        Assert.Null(ProcessLiveness.StartOf(child.Id));
    }

    [Fact]
    public void Of_many_that_are_asked_about_again_and_again_each_end_is_seen_at_the_next_look()
    {
        var children = Enumerable.Range(0, 5).Select(_ => Process.Start("sleep", "1000")).ToList();
        try
        {
            var starts = children.ConvertAll(child => ProcessLiveness.StartOf(child.Id));
            for (var i = 0; i < 3; i++)
                Assert.All(Living(children, starts), alive => Assert.True(alive));
            foreach (var at in new[] { 3, 0 })
            {
                children[at].Kill();
                children[at].WaitForExit();
                var living = Living(children, starts);
                Assert.False(living[at]);
                Assert.Equal(at == 3 ? 4 : 3, living.Count(alive => alive == true));
            }
        }
        finally
        {
            children.ForEach(child => child.Kill());
            children.ForEach(child => child.Dispose());
        }
    }

    private static List<bool?> Living(List<Process> processes, List<string?> starts)
    {
        var known = new KnownLiveness(Here);
        known.Look();
        return [.. processes.Select((process, at) => known.IsAlive(Host, process.Id, starts[at]))];
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

    [Theory]
    [InlineData("4026599999", true)]
    [InlineData("4026531836", false)]
    public void A_container_with_a_machine_id_of_its_own_is_gone_with_its_namespace(string space, bool isContainer)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Namespaces are told by /proc.");
        var own = ProcessLiveness.StartOf(Environment.ProcessId)!.Split('/');
        var alive = Here.IsAlive("c", 7, $"0123456789abcdef0123456789abcdef/{own[1]}/{space}/12345");
        // Only from the first namespace all of them are seen.
        Assert.Equal(isContainer && LinuxHost.Current.SeesAll ? false : null, alive);
        Assert.Null(Here.IsAlive("c", 7, $"0123456789abcdef0123456789abcdef/{Guid.NewGuid()}/{space}/12345"));
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
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "), TimeSpan.FromMinutes(1)),
                "no zombie came to be");
            Assert.False(Here.IsAlive(Host, pid, start));
            Assert.Null(ProcessLiveness.StartOf(pid));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public void A_process_lives_as_long_as_any_thread_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux()
            && File.Exists("/usr/bin/python3"), "Ends a first thread by the system call, in Python.");
        const string Program = "import ctypes, platform, sys, threading, os\n"
            + "threading.Thread(target=lambda: (sys.stdin.readline(), os._exit(0))).start()\n"
            + "ctypes.CDLL(None).syscall(60 if platform.machine() == 'x86_64' else 93, 0)\n";
        using var child = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        try
        {
            var start = ProcessLiveness.StartOf(child.Id);
            Assert.NotNull(start);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{child.Id}/stat").Contains(") Z "), TimeSpan.FromMinutes(1)),
                "the first thread did not end");
            for (var i = 0; i < 4; i++)
                Assert.True(Here.IsAlive(Host, child.Id, start));
            Assert.Equal(start, ProcessLiveness.StartOf(child.Id));
        }
        finally
        {
            child.StandardInput.Close();
            child.Kill();
            child.WaitForExit();
        }
    }

    [Fact]
    public void A_host_is_its_machine_and_its_boot_and_not_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a start is one number.");
        var (pid, parts) = (Environment.ProcessId, ProcessLiveness.StartOf(Environment.ProcessId)!.Split('/'));
        Assert.Equal(4, parts.Length);
        Assert.True(Guid.TryParse(parts[1], out _));
        Assert.NotEqual("0", parts[2]);
        // One machine that changed its name knows its own; one that has its name by chance is another.
        Assert.True(Here.IsAlive("renamed-" + Host, pid, string.Join("/", parts)));
        Assert.Null(Here.IsAlive(Host, pid, $"{parts[0]}/{Guid.NewGuid()}/{parts[2]}/{parts[3]}"));
        Assert.Null(Here.IsAlive(Host, pid, $"{Guid.NewGuid():N}/{Guid.NewGuid()}/{parts[2]}/{parts[3]}"));
        // Starts that older versions wrote tell no machine.
        Assert.True(Here.IsAlive(Host, pid, string.Join("/", parts[1..])));
        Assert.Null(Here.IsAlive(Host, pid, $"{Guid.NewGuid()}/{parts[2]}/{parts[3]}"));
    }

    [Fact]
    public void Another_machine_of_the_same_boot_is_a_copy_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/machine-id"), "The machine is told by /etc/machine-id.");
        var parts = ProcessLiveness.StartOf(Environment.ProcessId)!.Split('/');
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, $"{Guid.NewGuid():N}/{parts[1]}/{parts[2]}/{parts[3]}"));
    }

    [Fact]
    public void A_machine_that_was_started_anew_has_nobody_of_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/machine-id"), "The machine is told by /etc/machine-id.");
        var parts = ProcessLiveness.StartOf(Environment.ProcessId)!.Split('/');
        var (kin, before, long_ago) = ((IProcessKin)Here, $"{parts[0]}/{Guid.NewGuid()}/{parts[2]}/{parts[3]}", DateTimeOffset.UnixEpoch);
        Assert.True(kin.IsOfEarlierBoot(Host, before, long_ago));
        Assert.False(kin.IsOfEarlierBoot(Host, before, DateTimeOffset.UtcNow));
        Assert.False(kin.IsOfEarlierBoot("another-" + Host, before, long_ago));
        Assert.False(kin.IsOfEarlierBoot(Host, string.Join("/", parts), long_ago));
        Assert.False(kin.IsOfEarlierBoot(Host, $"{Guid.NewGuid():N}/{Guid.NewGuid()}/{parts[2]}/{parts[3]}", long_ago));
    }

    [Fact]
    public void Who_was_started_below_a_process_is_one_of_it()
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 1000 & echo $!; wait"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false
        })!;
        var child = int.Parse(shell.StandardOutput.ReadLine()!);
        try
        {
            var (kin, own) = ((IProcessKin)Here, Environment.ProcessId);
            Assert.True(kin.IsBelow(own, own, ProcessLiveness.StartOf(own)!));
            Assert.Equal(OperatingSystem.IsLinux(), kin.IsBelow(child, shell.Id, ProcessLiveness.StartOf(shell.Id)!));
            Assert.Equal(OperatingSystem.IsLinux(), kin.IsBelow(child, own, ProcessLiveness.StartOf(own)!));
            Assert.False(kin.IsBelow(own, child, ProcessLiveness.StartOf(child)!));
            Assert.False(kin.IsBelow(child, shell.Id, ProcessLiveness.StartOf(own)!));
        }
        finally
        {
            using var sleeper = Process.GetProcessById(child);
            sleeper.Kill();
            shell.Kill();
        }
    }

    [Fact]
    public void What_cannot_be_judged_here_is_left_to_time()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.Equal(OperatingSystem.IsLinux() ? true : null, Here.IsAlive("another-" + Host, Environment.ProcessId, start));
        Assert.Null(Here.IsAlive(null, Environment.ProcessId, start));
        Assert.Null(Here.IsAlive(Host, null, start));
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, null));
        Assert.Null(Here.IsAlive(Host, 0, start));
        Assert.Null(Here.IsAlive(Host, -1, start));
        Assert.Null(Here.IsAlive(Host, Environment.ProcessId, ""));
        Assert.Null(ProcessLiveness.StartOf(0));
    }
}
