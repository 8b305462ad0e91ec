using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>Paths as the session means them: relative to its location, through its drives, on the file system only.</summary>
internal static class SessionPath
{
    private const string FileSystem = "FileSystem";

    /// <summary>The session's location on the file system, wherever its current drive is.</summary>
    public static string Location(PSCmdlet cmdlet) => cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The full path of what need not exist; a URI stays as it is.</summary>
    public static string Literal(PSCmdlet cmdlet, string path)
    {
        if (WorkspacePath.IsUri(path))
            return path;
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return OnFileSystem(full, path, provider);
        }
        catch (SessionStateException unknown)
        {
            throw NotFound(path, unknown);
        }
    }

    /// <summary>The full paths that a pattern names, each of which exists.</summary>
    public static IEnumerable<string> Matching(PSCmdlet cmdlet, string pattern)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out var provider);
            foreach (var path in found)
                OnFileSystem(path, pattern, provider);
            return found;
        }
        catch (SessionStateException unknown)
        {
            throw NotFound(pattern, unknown);
        }
    }

    private static string OnFileSystem(string full, string path, ProviderInfo provider)
    {
        if (string.Equals(provider.Name, FileSystem, StringComparison.Ordinal))
            return full;
        throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{path}' is a path of the provider {provider.Name}. Name one of the file system, for example ~/project.");
    }

    private static TaskLockingException NotFound(string path, Exception cause) =>
        new(new Refusal(RefusalCode.PathNotFound, cause.Message, Path: path), cause);
}
