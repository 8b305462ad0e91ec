using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Npgsql;
using TaskLocking.PostgreSql;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>
/// A PostgreSQL of this run alone, on a port of the loopback interface that nobody else has: made when the first test asks for it, stopped
/// and removed behind the last. Should the tests be killed, a shell that waits for their end stops it. Where there are no programs of it,
/// the tests that need it are skipped and say why.
/// </summary>
public class ScratchCluster : IDisposable
{
    /// <summary>Who owns it; an ordinary role has to be made.</summary>
    public const string Owner = "owner";

    private const string Database = "boards";
    private const int OldestVersion = 15;

    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(6);

    private readonly Lazy<string> _ready;
    private readonly bool _isRoot = Environment.UserName == "root";
    private readonly string? _parent;
    private string? _folder;
    private string? _programs;
    private string? _standby;
    private Process? _guard;

    public ScratchCluster()
        : this(null)
    {
    }

    /// <param name="parent">Where its folder is made; null for that of temporary files.</param>
    public ScratchCluster(string? parent)
    {
        _parent = parent;
        _ready = new Lazy<string>(Make);
    }

    public int Port { get; private set; }

    /// <summary>The address of a board; the server is there, or the test is skipped.</summary>
    /// <param name="board">Its name.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="port">Another way to the server; 0 is its own.</param>
    public string Address(string board, string user = Owner, int port = 0)
    {
        var lack = _ready.Value;
        if (lack.Length > 0)
            Assert.Skip(lack);
        return $"postgres://{user}@127.0.0.1:{(port == 0 ? Port : port)}/{Database}/{board}";
    }

    /// <summary>Where it is, for files that its user may read.</summary>
    public string Folder => _folder!;

    /// <summary>Runs statements as the owner.</summary>
    public object? Run(string statements) => RunAs(Owner, statements);

    /// <summary>Runs statements as somebody else.</summary>
    public object? RunAs(string user, string statements)
    {
        _ = Address("any");
        using var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={Port};Username={user};Database={Database};Pooling=false;Include Error Detail=true");
        connection.Open();
        using var command = new NpgsqlCommand(statements, connection);
        return command.ExecuteScalar();
    }

    /// <summary>What a program of the server said; it has to end well. One with a slash is any other.</summary>
    public string Tool(string program, params string[] arguments)
    {
        _ = Address("any");
        return Execute(Path.Combine(_programs!, program), arguments);
    }

    /// <summary>What it said to libpq's programs: where it is, and who asks.</summary>
    public string[] Connection() =>
        ["-h", "127.0.0.1", "-p", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-U", Owner, "-d", Database];

    /// <summary>Answers on every way to this machine, for those of a network, and starts again for it.</summary>
    public void Listen(string network)
    {
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), "\nlisten_addresses = '*'\n");
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), $"\nhost all all {network} trust\n");
        Crash();
    }

    /// <summary>Ends all at once, as a crash does, and starts again.</summary>
    public void Crash() => Execute(Path.Combine(_programs!, "pg_ctl"),
        "-D", Data, "-w", "-t", "300", "-l", Path.Combine(_folder!, "log"), "-m", "immediate", "restart");

    /// <summary>What the server wrote down for its operator.</summary>
    public string Log => File.ReadAllText(Path.Combine(_folder!, "log"));

    /// <summary>Ends all at once, and does not start again.</summary>
    public void Kill() => Execute(Path.Combine(_programs!, "pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>
    /// A standby of this one that nobody waits for, on a port of its own, caught up; from now on it hears no more. It takes over by
    /// <see cref="Tool"/> "pg_ctl" with <c>promote</c>, and ends with this cluster.
    /// </summary>
    /// <returns>Where its data are, and its port.</returns>
    public (string Data, int Port) CutOffStandby()
    {
        _ = Address("any");
        var (data, port) = (Path.Combine(_folder!, "standby"), FreePort());
        Execute(Path.Combine(_programs!, "pg_basebackup"), "-h", "127.0.0.1", "-p", $"{Port}", "-U", Owner, "-D", data, "-c", "fast", "-X",
            "stream");
        File.AppendAllText(Path.Combine(data, "postgresql.conf"), $"\nport = {port}\nhot_standby = on\n");
        File.WriteAllText(Path.Combine(data, "standby.signal"), "");
        if (_isRoot)
            ExecuteAsSelf("chown", "postgres", Path.Combine(data, "standby.signal"));
        Execute(Path.Combine(_programs!, "pg_ctl"), "-D", data, "-w", "-t", "300", "-l", Path.Combine(_folder!, "log.standby"), "start");
        _standby = data;
        return (data, port);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_folder is null)
            return;
        if (_standby is not null)
            Execute(Path.Combine(_programs!, "pg_ctl"), "-D", _standby, "-w", "-m", "immediate", "stop");
        // Its end is told by the end of the pipe, as it would be by ours.
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit(Guard);
            _guard.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
        _folder = null;
    }

    private string Data => Path.Combine(_folder!, "data");

    // Empty if it runs, else why it does not.
    private string Make()
    {
        if (OperatingSystem.IsWindows())
            return "a scratch cluster is made on Unix alone";
        _programs = FindPrograms();
        if (_programs is null)
            return $"PostgreSQL {OldestVersion} or later is not installed (initdb was found nowhere)";
        if (_isRoot && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
            return "there is no user 'postgres' to run the server as, and root may not";
        _folder = _parent is null ? Directory.CreateTempSubdirectory("tasklocking-pg-").FullName
            : Directory.CreateDirectory(Path.Combine(_parent, "pg")).FullName;
        if (_isRoot)
            ExecuteAsSelf("chown", "postgres", _folder);
        Port = FreePort();
        Execute(Path.Combine(_programs, "initdb"), "-D", Data, "-U", Owner, "--auth=trust", "--encoding=UTF8", "--no-sync");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{_folder}'
            max_connections = 250
            max_wal_size = 1GB
            log_lock_waits = on

            """);
        Execute(Path.Combine(_programs, "pg_ctl"), "-D", Data, "-w", "-t", "300", "-l", Path.Combine(_folder, "log"), "start");
        _guard = Process.Start(Start("/bin/sh", "-c",
            $"trap '' INT TERM HUP; cat > /dev/null; '{_programs}/pg_ctl' -D '{Data}' -w -m immediate stop", isPiped: true))!;
        using (var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username={Owner};Database=postgres;Pooling=false"))
        {
            connection.Open();
            using var command = new NpgsqlCommand($"create database {Database}", connection);
            command.ExecuteNonQuery();
        }
        new SchemaMigration(ServerAddress.Parse($"postgres://{Owner}@127.0.0.1:{Port}/{Database}/any"))
            .Run(null, new Model.Deadline(Guard));
        return "";
    }

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian)
            ? Directory.EnumerateDirectories(debian)
                .Where(folder => int.TryParse(Path.GetFileName(folder), out var version) && version >= OldestVersion)
                .OrderBy(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Execute(string program, params string[] arguments) => _isRoot
        ? ExecuteAsSelf("runuser", ["-u", "postgres", "--", program, .. arguments])
        : ExecuteAsSelf(program, arguments);

    private string ExecuteAsSelf(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder ?? "/",
        };
        using var process = Process.Start(start)!;
        // A server that a program starts has the pipes, too, so their end is not waited for.
        var said = process.StandardError.ReadToEndAsync();
        var told = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Guard), program + " hangs");
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: "
                + (said.Wait(1_000) ? said.Result : ""));
        return told.Wait(1_000) ? told.Result : "";
    }

    private ProcessStartInfo Start(string program, string option, string script, bool isPiped)
    {
        // In a session of its own: what ends the tests by a signal to all of them is not for it.
        var start = _isRoot ? new ProcessStartInfo("setsid", ["runuser", "-u", "postgres", "--", program, option, script])
            : new ProcessStartInfo(program, [option, script]);
        start.UseShellExecute = false;
        start.RedirectStandardInput = isPiped;
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = _folder!;
        return start;
    }
}
