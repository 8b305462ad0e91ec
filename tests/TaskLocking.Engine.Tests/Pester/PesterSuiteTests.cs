using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Pester;

/// <summary>Builds the module and runs its Pester suite on both builds, where there is a PowerShell to do so.</summary>
public sealed class PesterSuiteTests(ITestOutputHelper output)
{
    // A guard against a hang, not a measurement.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task The_cmdlets_pass_their_suite()
    {
        var shell = Find("pwsh");
        Assert.SkipWhen(shell is null, "PowerShell (pwsh) is not on the PATH.");
        Assert.SkipUnless(await HasPester(shell!), "Pester 5.5 or later is missing: Install-Module Pester -Scope CurrentUser");
        var (exit, text) = await Run(shell!, "-NoProfile", "-NonInteractive", "-File", Path.Combine(Root(), "build.ps1"), "Pester");
        output.WriteLine(text);
        Assert.True(exit == 0, text);
    }

    private static async Task<bool> HasPester(string shell)
    {
        var (exit, _) = await Run(shell, "-NoProfile", "-NonInteractive", "-Command",
            "exit [int](-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5.0))");
        return exit == 0;
    }

    private static async Task<(int Exit, string Text)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
            var standardOutput = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var standardError = process.StandardError.ReadToEndAsync(deadline.Token);
            var text = await standardOutput + await standardError;
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, text);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TaskLocking.psd1")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The repository's root, with TaskLocking.psd1, is not above " + AppContext.BaseDirectory);
    }
}
