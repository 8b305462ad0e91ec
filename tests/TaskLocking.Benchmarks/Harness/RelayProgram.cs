using System;
using System.Diagnostics;
using System.IO;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>The published <c>tasklock relay</c> at a place of its own, for those who are told of it.</summary>
internal sealed class RelayProgram : IDisposable
{
    /// <summary>Says which relay a process uses; "off" for none.</summary>
    public const string Variable = "TASKLOCKING_RELAY";

    private readonly string _folder = Directory.CreateTempSubdirectory("tlr-").FullName;
    private readonly Process _process;

    public RelayProgram(CommandLine command)
    {
        var start = Used(new ProcessStartInfo(command.Program, ["relay", "--json"]));
        start.RedirectStandardOutput = true;
        _process = Started.Start(start);
        if (_process.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException("The relay did not start.");
    }

    /// <summary>The same process, using it.</summary>
    public ProcessStartInfo Used(ProcessStartInfo start)
    {
        start.Environment[Variable] = _folder;
        return start;
    }

    public void Dispose()
    {
        Started.End(_process);
        Directory.Delete(_folder, recursive: true);
    }
}
