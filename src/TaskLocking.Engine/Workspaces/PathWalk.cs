using System;
using System.IO;
using TaskLocking.Characters;
using TaskLocking.Locking;
using TaskLocking.Paths;

namespace TaskLocking.Workspaces;

/// <summary>
/// Goes along a path as the system does when it opens a file: part by part, each link where it stands, so that "link/../x" is what lies
/// beside the link's target. It ends before the first part that is a pattern and no name of something that exists. A backslash is a slash,
/// on Unix unless something there has it in its name.
/// </summary>
internal sealed class PathWalk
{
    private const int MostLinks = 40;

    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    private int _links;

    /// <param name="workspace">Canonical.</param>
    /// <param name="text">A path as a user writes it, relative to the workspace or absolute; on Windows with slashes only.</param>
    public PathWalk(string workspace, string text)
    {
        var at = Begin(workspace, text);
        while (at < text.Length)
        {
            var end = text.IndexOf('/', at) is >= 0 and var slash ? slash : text.Length;
            var name = text[at..end];
            if (!IsWindows && Slashed(name) is var slashed && slashed != name && !Exists(name))
            {
                text = text[..at] + slashed + text[end..];
                continue;
            }
            if (!Take(name))
            {
                Rest = IsWindows ? text[at..] : Slashed(text[at..]);
                Fault ??= PathSyntaxFault.Of(Rest) ?? Unseen(Rest);
                break;
            }
            at = end + 1;
        }
        if (IsWindows)
            Folder = PlatformFile.ResolveLinks(Folder);
    }

    /// <summary>The full path of what was gone along, without links.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The pattern behind it; empty if there is none.</summary>
    public string Rest { get; } = "";

    /// <summary>What cannot be taken for a path, as a sentence.</summary>
    public string? Fault { get; private set; }

    /// <summary>On Windows with slashes for backslashes, and without what begins a long path.</summary>
    public static string WithSlashes(string path)
    {
        if (!IsWindows)
            return path;
        var slashed = path.Replace('\\', '/');
        return slashed.StartsWith("//?/UNC/", StringComparison.OrdinalIgnoreCase) ? "//" + slashed[8..]
            : slashed.StartsWith("//?/", StringComparison.Ordinal) ? slashed[4..] : slashed;
    }

    // Sets where to begin, and gives the place of the first part from there.
    private int Begin(string workspace, string text)
    {
        if (IsWindows)
        {
            var special = text.IndexOfAny(['*', '?', '[', '{', '!', '(', '+', '@']);
            var plain = special < 0 ? text.Length : text.LastIndexOf('/', special) + 1;
            Folder = Path.GetFullPath(CallerPath.Full(() => workspace, plain == 0 ? "." : text[..plain]));
            return plain;
        }
        Folder = text[0] == '/' ? "/" : workspace;
        if (workspace.Length > 1 && text.StartsWith(workspace, StringComparison.Ordinal) && text.Length > workspace.Length
            && text[workspace.Length] == '/')
        {
            Folder = workspace;
            return workspace.Length;
        }
        return 0;
    }

    // False where a pattern begins.
    private bool Take(string name)
    {
        if (name is "" or ".")
            return true;
        if (name == "..")
        {
            Folder = Path.GetDirectoryName(Folder) ?? Folder;
            return true;
        }
        if (!PathSyntax.IsSpecial(name) || Exists(name))
        {
            Enter(name);
            return true;
        }
        if (PathSyntax.Literal(name) is not { } literal)
            return false;
        Enter(literal);
        return true;
    }

    private void Enter(string name)
    {
        if (Unseen(name) is { } fault && !Exists(name))
            Fault ??= fault;
        Folder = IsWindows ? Path.Combine(Folder, WindowsPath.Kept(name)) : Follow(Folder, name);
    }

    private string Follow(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (LinkTarget(path) is not { } target)
            return path;
        if (++_links > MostLinks)
        {
            Fault ??= $"'{path}' is a link that leads back to itself. Name the file that is meant.";
            return path;
        }
        var current = target[0] == '/' ? "/" : folder;
        foreach (var part in target.Split('/'))
            current = part is "" or "." ? current : part == ".." ? Path.GetDirectoryName(current) ?? current : Follow(current, part);
        return current;
    }

    private bool Exists(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path) || Directory.Exists(path) || LinkTarget(path) is not null;
    }

    private static string? LinkTarget(string path) =>
#if NET
        new FileInfo(path).LinkTarget is { Length: > 0 } target ? target : null;
#else
        // .NET Standard cannot read a link. Windows PowerShell's own location is not resolved either, so all its ways agree.
        null;
#endif

    // With slashes for backslashes, but for one in brackets, which means itself.
    private static string Slashed(string text)
    {
        var at = text.IndexOf('\\');
        if (at < 0)
            return text;
        var slashed = text.ToCharArray();
        for (; at < slashed.Length; at++)
        {
            if (slashed[at] == '\\' && !(at > 0 && PathSyntax.IsEscape(text, at - 1)))
                slashed[at] = '/';
        }
        return new string(slashed);
    }

    private static string? Unseen(string name) => InvisibleText.IndexIn(name) is >= 0 and var at
        ? $"The path '{name}' has the character U+{UnicodeForm.CodePointAt(name, at, out _):X4} at position {at + 1}, which nobody sees, "
            + "and no file is called so. Write it without."
        : null;
}
