using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>
/// A machine beside this one, made of namespaces: a network of its own with one wire to the server, a host name, a machine id, a boot,
/// process ids, and a clock that goes wrong by as much as it is told to. Needs root, ip(8) and unshare(1); the clock needs libfaketime,
/// else it is right.
/// </summary>
internal sealed class Machine : IDisposable
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    // Becomes the machine, and then the command.
    private const string Become = """
        hostname "$NAME" || exit
        [ -e /etc/machine-id ] || : >/etc/machine-id
        mount --bind "$IDS/machine" /etc/machine-id && mount --bind "$IDS/boot" /proc/sys/kernel/random/boot_id || exit
        if [ -n "$SKEW" ]; then
            export FAKETIME="$SKEW" LD_PRELOAD="$LIBRARY"
        fi
        exec "$@"
        """;

    private readonly string _name;
    private readonly string _wire;
    private readonly string _skew;
    private readonly string _ids = Directory.CreateTempSubdirectory("tasklocking-machine-").FullName;
    private readonly List<Process> _processes = [];

    /// <param name="number">1 to 250; no two at a time have one.</param>
    /// <param name="skew">How wrong its clock is, as in <c>+1d</c>; empty for none.</param>
    public Machine(int number, string skew)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/unshare")
            && File.Exists("/usr/sbin/ip"), "NOT PROVED HERE: needs root, ip(8) and unshare(1) to be several machines.");
        _name = $"tlm{Environment.ProcessId % 10000}-{number}";
        _wire = $"tl{Environment.ProcessId % 10000}v{number}";
        _skew = File.Exists(FakeTime) ? skew : "";
        Gateway = $"10.213.{number}.1";
        File.WriteAllText(Path.Combine(_ids, "machine"), Guid.NewGuid().ToString("N") + "\n");
        File.WriteAllText(Path.Combine(_ids, "boot"), Guid.NewGuid() + "\n");
        Ip("netns", "add", _name);
        Ip("link", "add", _wire, "type", "veth", "peer", "name", "wire", "netns", _name);
        Ip("addr", "add", Gateway + "/24", "dev", _wire);
        Ip("link", "set", _wire, "up");
        Ip("-n", _name, "addr", "add", $"10.213.{number}.2/24", "dev", "wire");
        Ip("-n", _name, "link", "set", "wire", "up");
        Ip("-n", _name, "link", "set", "lo", "up");
    }

    /// <summary>How the host of the server is called from here.</summary>
    public string Gateway { get; }

    /// <summary>Whether its clock is as wrong as it was to be.</summary>
    public bool IsSkewed => _skew.Length > 0;

    /// <summary>Pulls the wire out: what is sent is lost, and nobody is told.</summary>
    public void CutOff() => Ip("link", "set", _wire, "down");

    /// <summary>Puts it back.</summary>
    public void Reconnect() => Ip("link", "set", _wire, "up");

    /// <summary>Starts a command on it, in a folder of the disk that all share.</summary>
    public Process Start(string folder, params string[] command)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", _name, "unshare", "-um", "-pf", "--mount-proc", "--kill-child", "bash",
            "-c", Become, "machine", .. command])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "TASKLOCKING_WORKSPACE", "TASKLOCKING_SESSION", "TASKLOCKING_AGENT" })
            start.Environment.Remove(name);
        (start.Environment["NAME"], start.Environment["IDS"]) = (_name, _ids);
        (start.Environment["SKEW"], start.Environment["LIBRARY"]) = (_skew, FakeTime);
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes.Where(process => !process.HasExited))
            process.Kill(entireProcessTree: true);
        _processes.ForEach(process => process.WaitForExit());
        _processes.ForEach(process => process.Dispose());
        // The wire goes with it, once nobody uses it any more.
        SpinWait.SpinUntil(() => Run("ip", "netns", "del", _name) == 0, TimeSpan.FromSeconds(10));
        Run("ip", "link", "del", _wire);
        Directory.Delete(_ids, recursive: true);
    }

    private static void Ip(params string[] words) => Assert.True(Run("ip", words) == 0, "ip " + string.Join(' ', words));

    private static int Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
