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
        var place = Path.Combine(folder, scene.Name.Replace(' ', '-'));
        var workspace = WorkspacePath.Canonical(Directory.CreateDirectory(Path.Combine(place, "workspace")).FullName);
        Directory.CreateDirectory(Path.Combine(place, "trace"));
        var count = 0;
        foreach (var wave in scene.Waves)
        {
            var processes = wave.Select(actor => (Actor: actor, Process: Start(actor, workspace, Path.Combine(place, "trace", "p" + count++)))).ToList();
            foreach (var (actor, process) in processes)
                Await(actor, process);
        }
        return Read(place);
    }

    /// <summary>Reads all that were kept.</summary>
    public static List<Recording> ReadAll(string folder) => [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(Read)];

    private static Recording Read(string place)
    {
        // The name is the one that the processes used.
        var workspace = Path.Combine(place, "workspace");
        var known = Path.Combine(place, "path");
        if (File.Exists(known))
            workspace = File.ReadAllText(known);
        else
            File.WriteAllText(known, workspace = WorkspacePath.Canonical(workspace));
        return TraceReader.Read(Path.GetFileName(place), workspace, Path.Combine(place, "trace"));
    }

    private Process Start(Actor actor, string workspace, string trace)
    {
        var start = new ProcessStartInfo("strace") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] options =
        [
            "-ff", "-y", "-v", "-s", "1000000000", "--absolute-timestamps=format:unix,precision:ns", "--syscall-times=ns", "--seccomp-bpf",
            "-e", "signal=none", "-e", "trace=" + Calls, "-o", trace,
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
            if (process.ExitCode != 0 && actor is { Failpoint: null, FailingFlush: 0 })
                throw new InvalidDataException($"{string.Join(' ', actor.Arguments)} ended with {process.ExitCode}: {errors.Result}");
        }
    }
}
