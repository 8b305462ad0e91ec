using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// A process of TaskLocking.Stress. Start, <see cref="Ready"/>, <see cref="Go"/>, then <see cref="Finish"/>, or <see cref="Kill"/> and
/// <see cref="Lines"/>. One that hangs is killed after the guard, and the test then fails by what is missing.
/// </summary>
internal sealed class Worker : IDisposable
{
    public const int Killed = 128 + 9;

    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(10);
    public static string Executable { get; } = Find();

    private readonly Process _process;
    private readonly Timer _guard;

    private Worker(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _guard = new Timer(_ => Kill(), null, Guard, Timeout.InfiniteTimeSpan);
    }

    public int Pid => _process.Id;

    public static Worker Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static Worker Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Worker(start);
    }

    /// <summary>Starts all, waits until each is prepared, lets them go at one moment and gives the lines of each.</summary>
    public static List<List<string[]>> RunTogether(IEnumerable<string[]> commands)
    {
        var workers = commands.Select(command => Start(command)).ToList();
        try
        {
            workers.ForEach(worker => worker.Ready());
            workers.ForEach(worker => worker.Go());
            return workers.ConvertAll(worker => worker.Finish());
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    /// <summary>Runs one from its start to its end.</summary>
    public static List<string[]> Run(params string[] arguments) => Assert.Single(RunTogether([arguments]));

    /// <summary>Waits until it stands at the gate.</summary>
    public void Ready()
    {
        var line = _process.StandardOutput.ReadLine();
        if (line != "READY")
            Assert.Fail($"no READY but '{line}': {_process.StandardError.ReadToEnd()}");
    }

    /// <summary>Lets it through the gate.</summary>
    public void Go() => Send("");

    /// <summary>Gives it a line.</summary>
    public void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is gone; its lines will tell.
        }
    }

    /// <summary>The next line in its words; null at the end.</summary>
    public string[]? ReadLine() => _process.StandardOutput.ReadLine()?.Split('\t');

    /// <summary>The rest of its lines, to its end.</summary>
    public List<string[]> Lines()
    {
        var lines = new List<string[]>();
        while (ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>The rest of its lines, after an end without a fault.</summary>
    public List<string[]> Finish()
    {
        var lines = Lines();
        if (WaitForExit() != 0)
            Assert.Fail($"exit code {_process.ExitCode}: {_process.StandardError.ReadToEnd()}");
        return lines;
    }

    /// <summary>Waits for the end and gives the exit code, <see cref="Killed"/> after a SIGKILL.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public string Errors() => _process.StandardError.ReadToEnd();

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _guard.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Beside this assembly's own project, of the same configuration and framework.
    private static string Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(tests, "TaskLocking.Stress", "bin", output.Parent.Name, output.Name, "publish", "TaskLocking.Stress");
        return OperatingSystem.IsWindows() ? path + ".exe" : path;
    }
}
