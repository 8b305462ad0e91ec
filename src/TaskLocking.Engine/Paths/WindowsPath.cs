using System;

namespace TaskLocking.Paths;

/// <summary>
/// What paths mean on Windows beyond their parts, as text: names that are devices in every folder, streams behind a colon, dots and blanks
/// that count for nothing at the end of a name, and the three ways to begin. Looks at nothing.
/// </summary>
internal static class WindowsPath
{
    private const string LongPrefix = @"\\?\";
    private const string LongShare = @"\\?\UNC\";

    /// <summary>Why no file can have the path, as a sentence; null if one can.</summary>
    /// <param name="path">A path or pattern with slashes or backslashes.</param>
    public static string? Fault(string path)
    {
        if (IsOfDrive(path))
            return $"'{path}' means another folder each time: the one that was the current one on drive {path[0]}: last. "
                + $"Write it from the top of the drive, for example {path[0]}:/project/{path.Substring(2)}, or without the drive.";
        var name = Begins(path, "//?/") ? 4 : 0;
        if (path.Length > name + 1 && path[name + 1] == ':' && IsLetter(path[name]))
            name += 2;
        for (var at = name; at <= path.Length; at++)
        {
            if (at < path.Length && path[at] == ':')
                return $"'{path}' has a colon, which no name has on Windows; what stands behind it is a stream of the file. "
                    + "Name the file itself.";
            if (at < path.Length && path[at] is not ('/' or '\\'))
                continue;
            if (IsDevice(path.Substring(name, at - name)))
                return $"'{path}' cannot be the path of a file on Windows: '{path.Substring(name, at - name)}' is a device in every "
                    + "folder. Give the file another name.";
            name = at + 1;
        }
        return null;
    }

    /// <summary>Whether a name is a device's, whatever stands behind its first dot.</summary>
    public static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name.Substring(0, dot)).TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" || (stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
            && stem[3] is (>= '1' and <= '9') or '¹' or '²' or '³');
    }

    /// <summary>A name as the system keeps it: what stands at its end of dots and blanks is dropped.</summary>
    public static string Kept(string name) => name.TrimEnd('.', ' ') is { Length: > 0 } kept ? kept : name;

    /// <summary>Whether it is relative to the folder that was last the current one of a drive: "C:x".</summary>
    public static bool IsOfDrive(string path) =>
        path.Length > 2 && path[1] == ':' && IsLetter(path[0]) && path[2] is not ('/' or '\\');

    /// <summary>Whether it begins at the top of whatever drive one is on: "\x".</summary>
    public static bool IsOfTop(string path) => path.Length > 0 && path[0] is '/' or '\\' && !(path.Length > 1 && path[1] is '/' or '\\');

    /// <summary>Without what begins a long path, which is a path like others.</summary>
    public static string Short(string path) => path.StartsWith(LongShare, StringComparison.OrdinalIgnoreCase)
        ? @"\\" + path.Remove(0, LongShare.Length)
        : path.StartsWith(LongPrefix, StringComparison.Ordinal) && path.Length > 5 && path[5] == ':' ? path.Substring(LongPrefix.Length)
        : path;

    /// <summary>With a capital for the drive: "c:" and "C:" are one.</summary>
    public static string WithDrive(string path) => path.Length > 1 && path[1] == ':' && path[0] is >= 'a' and <= 'z'
        ? char.ToUpperInvariant(path[0]) + path.Remove(0, 1) : path;

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool Begins(string path, string start) => path.Replace('\\', '/').StartsWith(start, StringComparison.Ordinal);
}
