using System;
using System.IO;
using System.Linq;
using TaskLocking.Workspaces;

namespace TaskLocking.Topics;

/// <summary>
/// Files that git is not to see, by the repository's own <c>info/exclude</c>, which is nobody else's. It only helps: where it cannot be
/// written, the file is shown as untracked.
/// </summary>
internal static class ExcludedFile
{
    private const int Longest = 1 << 20; // in bytes

    /// <summary>Adds a name, once.</summary>
    /// <param name="common">The git directory.</param>
    /// <param name="name">Of the file, wherever it lies.</param>
    public static void Add(string common, string name)
    {
        var file = Path.Combine(common, "info", "exclude");
        try
        {
            var text = GitFile.Read(file, Longest) ?? "";
            if (text.Split('\n').Any(line => line.TrimEnd('\r', ' ') == name))
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.AppendAllText(file, (text.Length > 0 && text[^1] != '\n' ? "\n" : "") + name + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }
}
