using System;
using TaskLocking.Characters;
using TaskLocking.Workspaces;

namespace TaskLocking.Paths;

/// <summary>
/// Whether two canonical paths or patterns (see <see cref="FilePaths"/> and <see cref="PathSyntax"/>) may name one file. Where that cannot
/// be told, they overlap: a lease too many is refused, never two writers let in. Names that Unicode takes for the same text are one,
/// whatever the file system says: on another one they are.
/// </summary>
/// <remarks>
/// "src/**" and "docs/**" are disjoint, so are "*.cs" and "*.md", and "src/*.cs" and "src/*/a.cs". A plain path overlaps what lies below
/// it: where one is taken for a file and the other for a folder, one of them is about to be made.
/// </remarks>
internal static class PathOverlap
{
    /// <summary>Whether a file may meet both.</summary>
    public static bool Exists(string one, string other, StringComparison comparison)
    {
        if (IsPlain(one) && IsPlain(other))
            return IsAtOrBelow(one, other, comparison) || IsAtOrBelow(other, one, comparison);
        var (first, second) = (PathPattern.Of(one), PathPattern.Of(other));
        if (ReferenceEquals(first, second))
            return true;
        var (up, down) = (first.Upward, second.Upward);
        // The canonical form goes up only as far as it must: behind that no name leads back down, though a wildcard may.
        if (up != down && !(up > down ? first : second).IsWildFirst)
            return false;
        first = up < down ? first.Lowered(down - up) : first;
        second = down < up ? second.Lowered(up - down) : second;
        foreach (var form in first.Forms)
        {
            foreach (var otherForm in second.Forms)
            {
                if (form.Meets(otherForm, comparison))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether both are the same path, in whatever spelling.</summary>
    public static bool AreSame(string one, string other, StringComparison comparison) => string.Equals(one, other, comparison)
        || (!(IsPlain(one) && IsPlain(other)) && string.Equals(Name(one), Name(other), comparison));

    private static string Name(string canonical) => UnicodeForm.Canonical(PathSyntax.Plain(canonical));

    // Most paths need nothing made ready.
    private static bool IsPlain(string canonical) => canonical.IndexOfAny(PathSyntax.Wildcards) < 0 && UnicodeForm.IsAscii(canonical);

    private static bool IsAtOrBelow(string path, string folder, StringComparison comparison) =>
        path.StartsWith(folder, comparison) && (path.Length == folder.Length || path[folder.Length] == '/');
}
