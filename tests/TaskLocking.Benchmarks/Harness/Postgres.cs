using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// A PostgreSQL server of our own, durable as it comes: a new cluster in the scratch folder, so on the same disk as ours, and a socket in
/// a temporary folder, whose path is short. Root runs it as the user that its package made.
/// </summary>
internal sealed class Postgres : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "postgres";

    private readonly string _programs;
    private readonly string _cluster;
    private readonly string _socket;
    private readonly Lock _gate = new();
    private bool _isRunning;

    private Postgres(string programs, Scratch scratch)
    {
        _programs = programs;
        _cluster = scratch.Folder("postgres");
        _socket = Directory.CreateTempSubdirectory("tasklocking-").FullName;
    }

    /// <summary>What a client needs to know.</summary>
    public string Connection => $"Host={_socket};Username={User};Database=postgres;Pooling=false";

    /// <summary>The file of its socket.</summary>
    public string SocketFile => Path.Combine(_socket, ".s.PGSQL.5432");

    /// <summary>How libpq is told where it is.</summary>
    public string Libpq => $"host={_socket} user={User} dbname=postgres";

    /// <summary>The address of a board there.</summary>
    public string Board(string name) => $"postgres:///postgres/{name}?host={_socket}&user={User}";

    /// <summary>The same through a port of this machine.</summary>
    public static string BoardAt(int port, string name) => $"postgres://{User}@127.0.0.1:{port}/postgres/{name}";

    /// <summary>What a client needs to know who goes through a port of this machine.</summary>
    public static string ConnectionAt(int port) => $"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Pooling=false";

    /// <summary>Starts a server; null where there is none, and what is missing is named.</summary>
    public static Postgres? Start(Scratch scratch, Peers peers)
    {
        if (OperatingSystem.IsWindows() || Find() is not { } programs
            || (Environment.IsPrivilegedProcess && Programs.First("setpriv") is null))
        {
            peers.Miss("PostgreSQL (initdb, pg_ctl, psql; for root setpriv, too)");
            return null;
        }
        var server = new Postgres(programs, scratch);
        scratch.EndFirst(server);
        server.Start();
        return server;
    }

    /// <summary>Runs SQL and gives what it answers, without frames.</summary>
    public string Run(string sql) => Programs.Run(Path.Combine(_programs, "psql"), "-h", _socket, "-U", User, "-d", "postgres", "-X", "-q",
        "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql).Trim();

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isRunning)
                Programs.Run(AsUser("pg_ctl", "-D", _cluster, "-m", "immediate", "-w", "stop"));
            _isRunning = false;
            if (Directory.Exists(_socket))
                Directory.Delete(_socket, recursive: true);
        }
    }

    private void Start()
    {
        if (Environment.IsPrivilegedProcess)
            Programs.Run("chown", User, _cluster, _socket);
        Programs.Run(AsUser("initdb", "-D", _cluster, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        _isRunning = true;
        Programs.Run(AsUser("pg_ctl", "-D", _cluster, "-l", Path.Combine(_cluster, "server.log"), "-w", "-o",
            $"-k '{_socket}' -c listen_addresses=''", "start"));
    }

    private ProcessStartInfo AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", User, "--regid", User, "--clear-groups", path, .. arguments])
            {
                WorkingDirectory = "/",
            }
            : new ProcessStartInfo(path, arguments);
    }

    // Debian keeps the server's programs off the search path, by version.
    private static string? Find()
    {
        IEnumerable<string> folders = Programs.All("pg_ctl").Select(path => Path.GetDirectoryName(path)!);
        if (Directory.Exists(Packages))
        {
            folders = folders.Concat(Directory.EnumerateDirectories(Packages)
                .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin")));
        }
        return folders.FirstOrDefault(folder => new[] { "initdb", "pg_ctl", "psql" }
            .All(program => File.Exists(Path.Combine(folder, program))));
    }
}
