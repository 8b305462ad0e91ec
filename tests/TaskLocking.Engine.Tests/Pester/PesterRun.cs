using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace TaskLocking.Tests.Pester;

/// <summary>
/// One run of the suite in <c>tests/Pester</c> on both builds of the module, made for it by <c>build.ps1</c>. It runs in the PowerShell
/// that TaskLocking.PowerShellHost is; the variable TASKLOCKING_TEST_POWERSHELL names another one, which must have Pester then.
/// A run that leaves no results (a build that fails, no such PowerShell) throws what was said.
/// </summary>
internal sealed record PesterRun(IReadOnlyList<PesterResult> Results, int ExitCode, string Said)
{
    private const string OwnShell = "TASKLOCKING_TEST_POWERSHELL";

    // A guard against a hang, not a measurement.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<string> Builds { get; } = ["net8.0", "netstandard2.0"];

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Pester");

    public static async Task<PesterRun> StartAsync()
    {
        var results = Directory.CreateTempSubdirectory("tasklocking-pester-");
        try
        {
            var script = Path.Combine(Repository.Root, "build.ps1");
            string[] words = ["-NoProfile", "-NonInteractive", "-File", script, "Pester", "-Results", results.FullName];
            var (exit, said) = await RunAsync(Start(words));
            var files = Builds.Select(build => (Build: build, Path: Path.Combine(results.FullName, build + ".xml"))).ToList();
            if (!files.TrueForAll(file => File.Exists(file.Path)))
                throw new InvalidOperationException($"The suite of the module did not run, exit code {exit}: {said}");
            return new(files.SelectMany(file => Read(file.Build, file.Path)).ToList(), exit, said);
        }
        catch (Win32Exception refused)
        {
            throw new InvalidOperationException($"The PowerShell of the tests, or of {OwnShell}, does not start.", refused);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static IEnumerable<PesterResult> Read(string build, string path) =>
        XDocument.Load(path).Descendants("testcase").Select(test => PesterResult.Read(build, test));

    private static ProcessStartInfo Start(string[] arguments)
    {
        var own = Environment.GetEnvironmentVariable(OwnShell);
        var host = new[] { "run", "--no-build", "--project", Path.Combine(Repository.Root, "tests", "TaskLocking.PowerShellHost"), "--" };
        return string.IsNullOrEmpty(own)
            ? new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [.. host, .. arguments])
            : new(own, arguments);
    }

    private static async Task<(int Exit, string Said)> RunAsync(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // What the test run's own build engine set is not for the build that is started here.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            var said = await output + await error;
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
