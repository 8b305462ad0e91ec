using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// A command on Windows, found as a shell finds it: <c>npm</c> is <c>npm.cmd</c>. The system itself finds programs alone, and reads the
/// words that a batch file gets once more, as commands; here they arrive as they were given.
/// </summary>
internal static class WindowsCommand
{
    /// <summary>ERROR_FILE_NOT_FOUND: there is no such command.</summary>
    public const int NotFound = 2;

    private const int NotExecutable = 193; // ERROR_BAD_EXE_FORMAT

    private static readonly string[] Programs = [".com", ".exe"];
    private static readonly string[] Batches = [".bat", ".cmd"];

    /// <summary>How to start it.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <exception cref="Win32Exception">There is none of that name, or it is nothing that the system runs.</exception>
    /// <exception cref="TaskLockingException">InvalidArgument for what no batch file can get.</exception>
    public static ProcessStartInfo Of(string[] words)
    {
        var path = Find(words[0]) ?? throw new Win32Exception(NotFound);
        var shell = Path.Combine(Environment.SystemDirectory, "cmd.exe");
        if (IsOneOf(Batches, path))
            return new ProcessStartInfo(shell, Line(path, words[1..])) { UseShellExecute = false };
        if (!IsOneOf(Programs, path) && Path.HasExtension(path) && !IsProgram(path))
            throw new Win32Exception(NotExecutable);
        return new ProcessStartInfo(path, words[1..]) { UseShellExecute = false };
    }

    // The current folder is looked into for a path alone, as on other systems: a folder that was cloned must not bring a `git`.
    private static string? Find(string command)
    {
        if (command.AsSpan().ContainsAny('/', '\\', ':'))
            return FindAt(Path.GetFullPath(command));
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var unquoted = folder.Trim('"');
            if (Path.IsPathFullyQualified(unquoted) && FindAt(Path.Combine(unquoted, command)) is { } path)
                return path;
        }
        return null;
    }

    // A name that says what it is, before the others; one that does not, after them: beside `npm.cmd` lies an `npm` for other systems.
    private static string? FindAt(string path)
    {
        IEnumerable<string> names = Extensions().Select(extension => path + extension);
        names = Path.HasExtension(path) ? names.Prepend(path) : names.Append(path);
        return names.FirstOrDefault(File.Exists);
    }

    private static List<string> Extensions()
    {
        var told = (Environment.GetEnvironmentVariable("PATHEXT") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var known = told.Where(extension => IsOneOf(Programs, extension) || IsOneOf(Batches, extension)).ToList();
        return known.Count > 0 ? known : [.. Programs, .. Batches];
    }

    private static bool IsOneOf(string[] extensions, string path) => Array.Exists(extensions,
        extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    // "MZ": what the system runs, whatever its name.
    private static bool IsProgram(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return file.ReadByte() == 'M' && file.ReadByte() == 'Z';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true; // The system says what is in the way.
        }
    }

    private static string Line(string batch, string[] words)
    {
        var line = new StringBuilder("/d /e:on /v:off /s /c \"\"").Append(batch).Append('"');
        foreach (var word in words)
            Append(line.Append(' '), word);
        return line.Append('"').ToString();
    }

    // Within quotes the shell of the batch file sees neither blank nor &|<>^; a quote is doubled, as it reads it; a percent sign gets
    // an empty variable behind it, so that no name of another one begins there. A line break would end the command.
    private static void Append(StringBuilder line, string word)
    {
        if (word.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "A line break cannot be given to a batch file: its shell would end the command there. Give it in a file, or run a "
                + "program.");
        line.Append('"');
        var slashes = 0;
        foreach (var character in word)
        {
            if (character == '"')
                line.Append('\\', slashes).Append('"');
            else if (character == '%')
                line.Append("%%cd:~,");
            slashes = character == '\\' ? slashes + 1 : 0;
            line.Append(character);
        }
        line.Append('\\', slashes).Append('"');
    }
}
