using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>An empty folder of its own in which <c>tasklock</c> works, or the one that is named.</summary>
internal sealed class CliWorkspace(string? program = null) : IDisposable
{
    public string Program { get; } = program ?? TasklockProcess.Program;

    public string Folder { get; } = Directory.CreateTempSubdirectory("tasklock-cli-").FullName;

    public string Document => Path.Combine(Folder, ".todo2", "state.todo2.json");

    /// <summary>Starts it and returns at once.</summary>
    public TasklockProcess Start(params string[] args) => TasklockProcess.StartProgram(Program, Folder, null, args);

    /// <summary>Runs it to its end.</summary>
    public TasklockAnswer Run(params string[] args) => RunWith("", null, args);

    public TasklockAnswer RunWith(string input, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        using var process = TasklockProcess.StartProgram(Program, Folder, environment, args);
        try
        {
            process.Input.Write(input);
        }
        catch (IOException)
        {
            // It ended without reading.
        }
        return process.Finish();
    }

    /// <summary>Runs a bash script that ends by running <c>$TASKLOCK "$@"</c>; <c>$WORKER</c> is the worker of the stress tests.</summary>
    public TasklockAnswer RunScript(string script, params string[] args) => RunBash(["-eu", "-c", script, "bash", .. args]);

    /// <summary>The same where file systems may be mounted, as root of a mount namespace of its own.</summary>
    public TasklockAnswer RunWithMounts(string script, params string[] args) =>
        RunBash(["-eu", "-c", "[ \"$(id -u)\" = 0 ] && flags=-m || flags=-Urm\nexec unshare $flags bash -eu -c \"$0\" bash \"$@\"", script,
            .. args]);

    private TasklockAnswer RunBash(string[] args)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TASKLOCK"] = Program,
            ["WORKER"] = Worker.Executable,
        };
        using var process = TasklockProcess.StartProgram("bash", Folder, environment, args);
        return process.Finish();
    }

    /// <summary>Defines tasks that a test needs.</summary>
    public CliWorkspace With(params string[] ids)
    {
        var answer = RunWith(string.Concat(Array.ConvertAll(ids, id => $"{{\"id\":\"{id}\"}}\n")), null, "task", "new", "--from", "-");
        Assert.True(answer.ExitCode == 0, answer.Error);
        return this;
    }

    /// <summary>A task that <c>tasklock lock</c> holds until the process' input ends.</summary>
    public TasklockProcess Hold(string id, string agent = "holder")
    {
        string[] command = TasklockProcess.IsForWindows ? ["cmd", "/d", "/c", "echo inside&set /p line=&exit 3"]
            : ["sh", "-c", "echo inside; read line; exit 3"];
        var holder = Start(["lock", id, "--agent", agent, "--", .. command]);
        Assert.Equal("inside", holder.ReadLine());
        return holder;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
