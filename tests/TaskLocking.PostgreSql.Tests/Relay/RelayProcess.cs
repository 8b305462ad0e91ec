using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary><c>tasklock relay</c> at a place of its own, for commands that are told of it and for boards of this process.</summary>
internal sealed class RelayProcess : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly List<Process> _started = [];

    public RelayProcess()
    {
        Command.Environment[RelayPlace.Variable] = Folder;
        Start();
    }

    /// <summary>A folder that its user has for himself.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("tlr-").FullName;

    public RelayPlace Place => new(Folder);

    /// <summary>Commands that use it.</summary>
    public Command Command { get; } = new();

    public Process Process => _started[^1];

    /// <summary>Starts another one, and waits until it serves.</summary>
    public void Start()
    {
        var process = Command.Start("relay", "--json");
        _started.Add(process);
        var line = process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(Guard), "the relay does not start");
        if (line.Result is null)
            Assert.Fail(process.StandardError.ReadToEnd());
        var told = JsonDocument.Parse(line.Result!).RootElement;
        Assert.Equal(process.Id, told.GetProperty("pid").GetInt32());
        Assert.Equal(Place.Name, told.GetProperty("place").GetString());
    }

    /// <summary>Kills it as it stands.</summary>
    public void Kill()
    {
        Process.Kill();
        Assert.True(Process.WaitForExit(Guard));
    }

    /// <summary>Asks it to end; its exit code.</summary>
    public int Terminate()
    {
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{Process.Id}"]))
            kill.WaitForExit();
        Assert.True(Process.WaitForExit(TimeSpan.FromSeconds(20)), "it does not end");
        return Process.ExitCode;
    }

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        Command.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
