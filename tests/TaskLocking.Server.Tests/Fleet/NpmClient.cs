using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

/// <summary>
/// The client of others, copied out of the checkout with what npm brings for it: where <c>TASKLOCKING_PROTOCOL</c> says, as in CI, else
/// in a folder of its own, once for all tests of this process.
/// </summary>
internal static class NpmClient
{
    private const string Script = "fleet.mjs";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<(string? Path, string Missing)>> Found = new(InstallAsync);

    /// <summary>The script, or what is missing for it.</summary>
    public static Task<(string? Path, string Missing)> FindAsync() => Found.Value;

    private static async Task<(string? Path, string Missing)> InstallAsync()
    {
        if (Environment.GetEnvironmentVariable("TASKLOCKING_PROTOCOL") is { Length: > 0 } there)
            return File.Exists(Path.Combine(there, Script)) ? (Path.Combine(there, Script), "") : (null, $"{there} has no {Script}");
        if (!await RunsAsync("node", "--version", "."))
            return (null, "node is not here");
        var folder = Directory.CreateTempSubdirectory("tasklock-npm-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "TaskLocking.Server.Tests", "Conformance")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return await RunsAsync("npm", "install --no-audit --no-fund --no-package-lock --loglevel error", folder)
            ? (Path.Combine(folder, Script), "") : (null, "npm is not here, or cannot bring its packages");
    }

    private static async Task<bool> RunsAsync(string program, string words, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                return false;
            }
            await Task.WhenAll(output, error);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
