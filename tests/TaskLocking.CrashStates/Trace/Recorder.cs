using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using TaskLocking.CrashStates.Disk;

namespace TaskLocking.CrashStates.Trace;

/// <summary>Lets scenes happen under strace, and keeps what it wrote, so that a state can be made again.</summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="plantedBug">The fault that is planted in the workers, or none.</param>
internal sealed class Recorder(string folder, string? plantedBug)
{
    private const string Calls = "open,openat,openat2,creat,close,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate," +
        "fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat," +
        "copy_file_range,sendfile,statx,clone,clone3,fork,vfork,dup,dup2,dup3,fcntl";

    /// <summary>Records a scene.</summary>
    /// <exception cref="InvalidDataException">A process failed that should not have, or what it did is not understood.</exception>
    public Recording Record(Scene scene)
    {
        var place = Begin(scene.Name.Replace(' ', '-'), out var workspace);
        Run(place, workspace, scene.Waves);
        return Read(place);
    }

    /// <summary>Records who works on a state that the power cut left.</summary>
    /// <param name="state">What is there.</param>
    /// <param name="waves">Who comes.</param>
    public void RecordAfter(DiskState state, Actor[][] waves)
    {
        var place = Begin("after-" + state.Recording.Name, out var workspace);
        state.WriteTo(workspace);
        Beginning.Write(place, state);
        Run(place, workspace, waves);
    }

    /// <summary>Reads all that were kept.</summary>
    public static List<Recording> ReadAll(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(Read)];

    private static Recording Read(string place)
    {
        var workspace = File.ReadAllText(Path.Combine(place, "path"));
        return TraceReader.Read(Path.GetFileName(place), workspace, Path.Combine(place, "trace"), Beginning.Read(place));
    }

    private string Begin(string name, out string workspace)
    {
        var place = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.Combine(place, "trace"));
        workspace = WorkspacePath.Canonical(Directory.CreateDirectory(Path.Combine(place, "workspace")).FullName);
        // The name that the processes use, wherever it is read.
        File.WriteAllText(Path.Combine(place, "path"), workspace);
        return place;
    }

    private void Run(string place, string workspace, Actor[][] waves)
    {
        var count = 0;
        foreach (var wave in waves)
        {
            var processes = wave.Select(actor => (Actor: actor, Process: Start(actor, workspace, place, count++))).ToList();
            foreach (var (actor, process) in processes)
                Await(actor, process);
        }
    }

    private Process Start(Actor actor, string workspace, string place, int number)
    {
        var start = new ProcessStartInfo("strace")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] options =
        [
            "-ff", "-y", "-v", "-s", "1000000000", "--absolute-timestamps=format:unix,precision:ns", "--syscall-times=ns", "--seccomp-bpf",
            "-e", "signal=none", "-e", "trace=" + Calls, "-o",
            Path.Combine(place, "trace", FormattableString.Invariant($"p{number}")),
        ];
        foreach (var option in options)
            start.ArgumentList.Add(option);
        if (actor.FailingFlush > 0)
        {
            start.ArgumentList.Add("-e");
            start.ArgumentList.Add(FormattableString.Invariant($"inject=fdatasync:error=EIO:when={actor.FailingFlush}+4"));
        }
        start.ArgumentList.Add(actor.IsWorker ? Programs.Worker : Programs.Command);
        foreach (var argument in actor.Arguments)
            start.ArgumentList.Add(argument == "WS" ? workspace : argument);
        start.Environment["TASKLOCKING_PLANTED_BUG"] = plantedBug ?? "";
        start.Environment["TASKLOCKING_FAILPOINT"] = actor.Failpoint ?? "";
        start.Environment["TASKLOCKING_SEEN"] = Beginning.SeenPath(place);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment.Remove("TASKLOCKING_WORKSPACE");
        return Process.Start(start)!;
    }

    private static void Await(Actor actor, Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0 && !actor.MayFail)
                throw new InvalidDataException($"{string.Join(' ', actor.Arguments)} ended with {process.ExitCode}: {errors.Result}");
        }
    }
}
