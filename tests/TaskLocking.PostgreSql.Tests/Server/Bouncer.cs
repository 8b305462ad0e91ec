using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>pgbouncer in transaction mode before a scratch cluster; the test is skipped where it is not installed.</summary>
internal sealed class Bouncer : IDisposable
{
    private readonly Process _process;

    public Bouncer(ScratchCluster server)
    {
        _ = server.Address("any");
        var program = new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer" }.FirstOrDefault(File.Exists);
        if (program is null)
            Assert.Skip("pgbouncer is not installed");
        Port = ScratchCluster.FreePort();
        var file = Path.Combine(server.Folder, $"bouncer-{Port}.ini");
        File.WriteAllText(file, $"""
            [databases]
            * = host=127.0.0.1 port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 6
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            """);
        // With auth_type any the user is the database's own entry.
        File.WriteAllText(file, File.ReadAllText(file).Replace($"port={server.Port}", $"port={server.Port} user={ScratchCluster.Owner}",
            StringComparison.Ordinal));
        var start = Environment.UserName == "root" ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, file])
            : new ProcessStartInfo(program, [file]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Assert.True(SpinWait.SpinUntil(Answers, TimeSpan.FromMinutes(1)), "pgbouncer does not listen");
    }

    public int Port { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            Assert.False(_process.HasExited, "pgbouncer has ended");
            return false;
        }
    }
}
