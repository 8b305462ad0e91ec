using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// The program <c>dotnet</c> of an installation that can run the server. A native command has none of its own, and nobody else to ask.
/// </summary>
internal static class DotnetHost
{
    private const string Framework = "Microsoft.AspNetCore.App";
    private const string Version = "10.";

    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Null where there is none.</summary>
    public static string? Find() => Folders().Where(folder => !string.IsNullOrEmpty(folder))
        .Select(folder => Path.Combine(folder!, Name)).Select(Real).FirstOrDefault(CanRun);

    private static IEnumerable<string?> Folders()
    {
        yield return Environment.GetEnvironmentVariable("DOTNET_ROOT");
        yield return Path.GetDirectoryName(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"));
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            yield return folder;
        foreach (var file in new[] { "/etc/dotnet/install_location", "/etc/dotnet/install_location_x64" })
            yield return Told(file);
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet");
            yield break;
        }
        yield return "/usr/share/dotnet";
        yield return "/usr/lib/dotnet";
        yield return "/usr/lib64/dotnet";
        yield return "/usr/local/share/dotnet";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet");
    }

    private static string? Told(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // In /usr/bin stands a link.
    private static string Real(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static bool CanRun(string path)
    {
        var versions = Path.Combine(Path.GetDirectoryName(path)!, "shared", Framework);
        try
        {
            return File.Exists(path) && Directory.Exists(versions)
                && Directory.EnumerateDirectories(versions, Version + "*").Any();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
