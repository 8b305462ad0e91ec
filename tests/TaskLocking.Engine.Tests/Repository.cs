using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Engine { get; } = Path.Combine(Root, "src", "TaskLocking.Engine");

    /// <summary>The written sources below a folder, not what a build made.</summary>
    public static IEnumerable<string> Sources(params string[] folder)
    {
        var top = Path.Combine([Root, .. folder]);
        return Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(top, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TaskLocking.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("TaskLocking.sln");
        return folder.FullName;
    }
}
