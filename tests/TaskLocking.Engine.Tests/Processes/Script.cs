using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// A bash script as other tools would be: <c>flock(1)</c>, mounts, rights. <c>$WORKER</c> is the worker, <c>$1</c> the argument.
/// </summary>
internal sealed class Script : IDisposable
{
    private readonly Process _process;

    private Script(string text, string argument)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in new[] { "-eu", "-c", text, "bash", argument })
            start.ArgumentList.Add(word);
        start.Environment["WORKER"] = Worker.Executable;
        _process = Process.Start(start)!;
    }

    public static Script Start(string text, string argument) => new(text, argument);

    /// <summary>Runs to the end and gives all lines in their words, without those that tell of a gate.</summary>
    public static List<string[]> Run(string text, string argument)
    {
        using var script = Start(text, argument);
        script._process.StandardInput.Close();
        var lines = script._process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        script._process.WaitForExit();
        return lines.Where(line => line != "READY").Select(line => line.Split('\t')).ToList();
    }

    public int Pid => _process.Id;

    public void Expect(string line) => Assert.Equal(line, ReadLine());

    /// <summary>The next line; a test fails where there is none.</summary>
    public string ReadLine()
    {
        var line = _process.StandardOutput.ReadLine();
        Assert.NotNull(line);
        return line;
    }

    public void Go() => _process.StandardInput.Close();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
