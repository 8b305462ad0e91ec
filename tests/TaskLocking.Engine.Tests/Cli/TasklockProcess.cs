using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The built <c>tasklock</c> as a real process. Disposing it ends it.</summary>
internal sealed partial class TasklockProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    // A guard against a hang, far above what a cold start on a busy machine needs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _errorLines = [];
    private readonly TaskCompletionSource<string> _firstError = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TasklockProcess(ProcessStartInfo info)
    {
        _process = Process.Start(info)!;
        _error = ReadErrorAsync();
    }

    /// <summary>
    /// The executable that was built with this test assembly's configuration: native code where this machine can make it, and the
    /// portable one where <c>TASKLOCKING_TEST_COMMAND</c> is <c>portable</c>. That variable may also be the path of another one; one of
    /// another system is run by the program that <c>TASKLOCKING_TEST_RUNNER</c> names.
    /// </summary>
    public static string Program { get; } = ProgramOf(Environment.GetEnvironmentVariable("TASKLOCKING_TEST_COMMAND") ?? "publish");

    /// <summary>Whether it is the command of Windows, be it run by another system.</summary>
    public static bool IsForWindows { get; } = Path.GetExtension(Program) == ".exe";

    /// <summary>Where another system runs it, a path in its answers is none of the test's.</summary>
    public static void NeedOwnPaths() => Assert.SkipUnless(Runner is null, "It looks at paths, which are another system's.");

    private static readonly string[] OfUnix = ["sh", "bash", "true", "false", "cat", "sleep", "env"];

    private static readonly string? Runner = OperatingSystem.IsWindows() || !IsForWindows ? null
        : Environment.GetEnvironmentVariable("TASKLOCKING_TEST_RUNNER") ?? "wine";

    /// <summary>Whether it is native code, which is one file.</summary>
    public static bool IsNative { get; } = !File.Exists(Path.ChangeExtension(Program, ".dll"));

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public StreamWriter Input => _process.StandardInput;

    public static TasklockProcess Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args) =>
        StartProgram(Program, folder, environment, args);

    /// <summary>Another program that becomes it.</summary>
    public static TasklockProcess StartProgram(string program, string folder, IReadOnlyDictionary<string, string>? environment,
        params string[] args)
    {
        if (IsForWindows)
        {
            var strange = Path.GetExtension(program) != ".exe" ? Path.GetFileName(program)
                : args.SkipWhile(word => word != "--").FirstOrDefault(word => OfUnix.Contains(word, StringComparer.Ordinal));
            Assert.SkipWhen(strange is not null, $"It starts {strange}, which is Unix'.");
        }
        var info = new ProcessStartInfo(Runner ?? program, Runner is null ? args : [program, .. args])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "TASKLOCKING_WORKSPACE", "TASKLOCKING_SESSION", "TASKLOCKING_AGENT", "TASKLOCKING_PID",
            "CLAUDE_SPECS_ROOT" })
            info.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            info.Environment[name] = value;
        return new TasklockProcess(info);
    }

    /// <summary>The executable of one of the builds: <c>publish</c> is the one that this machine makes, <c>portable</c>
    /// ReadyToRun.</summary>
    public static string ProgramOf(string build)
    {
        if (Path.IsPathFullyQualified(build))
            return build;
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var name = OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock";
        return Path.GetFullPath(Path.Combine(own.FullName, "../../../../../src/TaskLocking.Cli/bin", own.Parent!.Name, "net10.0",
            build, name));
    }

    /// <summary>The next line of standard output: how a started command tells that it is where the test wants it.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();

    /// <summary>The first line of standard error, as soon as it is there.</summary>
    public string FirstErrorLine() => _firstError.Task.WaitAsync(Patience).GetAwaiter().GetResult();

    public void Signal(int number)
    {
        Assert.SkipWhen(IsForWindows, "It sends a signal.");
        _ = Kill(_process.Id, number);
    }

    /// <summary>As <c>kill -9</c>: this process alone, not the command that it runs.</summary>
    public void KillHard() => _process.Kill(entireProcessTree: false);

    /// <summary>Waits for its end, whatever it started goes on with its streams.</summary>
    public int ExitCode() => _process.WaitForExit(Patience) ? _process.ExitCode : throw new TimeoutException("tasklock did not end.");

    /// <summary>Ends its standard input and waits for its end.</summary>
    public TasklockAnswer Finish()
    {
        _process.StandardInput.Close();
        var output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        var error = _error.WaitAsync(Patience).GetAwaiter().GetResult();
        if (!_process.WaitForExit(Patience))
            throw new TimeoutException("tasklock did not end.");
        return new TasklockAnswer(_process.ExitCode, output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string> ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errorLines.Add(line);
            _firstError.TrySetResult(line);
        }
        _firstError.TrySetResult("");
        return string.Join('\n', _errorLines);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
