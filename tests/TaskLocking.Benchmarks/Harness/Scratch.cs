using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>A folder below the current one, so on the disk that the user means; removed at the end.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _root = Directory.CreateDirectory(Path.GetFullPath($".benchmark-{Environment.ProcessId}")).FullName;
    private readonly PosixSignalRegistration _terminated;
    private readonly PosixSignalRegistration _interrupted;
    private readonly List<IDisposable> _users = [];
    private readonly Lock _gate = new();
    private int _count;
    private bool _isRemoved;

    public Scratch()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
        _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
        if (FileSystem is "tmpfs" or "ramfs")
        {
            Dispose();
            throw new InvalidOperationException(
                $"The current folder is on {FileSystem}, where a flush costs nothing. Run the benchmark from a folder on a disk.");
        }
    }

    /// <summary>The type of the file system, as the system names it.</summary>
    public string FileSystem => DriveInfo.GetDrives()
        .Where(drive => _root.StartsWith(drive.Name, StringComparison.Ordinal))
        .MaxBy(drive => drive.Name.Length)?.DriveFormat ?? "unknown file system";

    /// <summary>A new empty folder.</summary>
    /// <exception cref="InvalidOperationException">The benchmark was stopped.</exception>
    public string Folder(string name)
    {
        lock (_gate)
        {
            return _isRemoved ? throw new InvalidOperationException("The benchmark was stopped.")
                : Directory.CreateDirectory(Path.Combine(_root, $"{name}-{++_count}")).FullName;
        }
    }

    /// <summary>Has something that works in the folder end before the folder is removed; it may have ended by then.</summary>
    public void EndFirst(IDisposable user) => _users.Add(user);

    /// <summary>A new workspace with a Todo2 document of so many tasks.</summary>
    public string Workspace(int tasks)
    {
        var workspace = Folder("workspace");
        var document = Path.Combine(Directory.CreateDirectory(Path.Combine(workspace, ".todo2")).FullName, "state.todo2.json");
        TodoDocument.Write(document, tasks);
        return workspace;
    }

    public void Dispose()
    {
        _terminated?.Dispose();
        _interrupted?.Dispose();
        // When it is stopped, the goal that is measured may come here as well.
        lock (_gate)
        {
            if (_isRemoved)
                return;
            _isRemoved = true;
            Started.EndAll();
            foreach (var user in _users)
                user.Dispose();
            if (Directory.Exists(_root))
                Directory.Delete(_root, recursive: true);
        }
    }
}
