using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.Topics;

/// <summary>
/// Where a root of topics lies in a repository of git, and what it is called there: every working tree of the repository has the root at
/// the same place, and every clone calls it the same.
/// </summary>
/// <param name="Root">Its full path, without links.</param>
/// <param name="Tree">The working tree that it lies in.</param>
/// <param name="Common">The git directory that all trees share, without links.</param>
/// <param name="Part">The path of the root in the tree, with slashes; empty for its top.</param>
internal sealed record TopicPlace(string Root, GitTree Tree, string Common, string Part)
{
    /// <summary>Where a fetch keeps what remotes have reserved.</summary>
    public const string TrackedPrefix = "refs/tasklock/remotes/";

    private const string FolderName = "tasklock";
    private const string ReservedPrefix = "refs/tasklock/topics/";
    private const int LongestName = 120;

    /// <summary>Where a root lies; null outside of any repository, and in the git directory itself.</summary>
    /// <param name="root">Full, without links; it need not exist.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable, AccessDenied: a tree whose repository cannot be reached.</exception>
    public static TopicPlace? Of(string root)
    {
        if (GitTree.Of(root) is not { } tree)
            return null;
        var part = root.Remove(0, tree.Top.Length).Replace(Path.DirectorySeparatorChar, '/').Trim('/');
        // A line break in a path is a line of its own to git.
        return part.Split('/')[0] == ".git" || part.Contains('\n') ? null
            : new TopicPlace(root, tree, PlatformFile.ResolveLinks(tree.GitDirectory), part);
    }

    /// <summary>The name of the root among refs and files: one component, whatever the path is.</summary>
    public string Name { get; } = Escape(Part.Length == 0 ? "." : Part);

    /// <summary>The folder of what is kept in the git directory.</summary>
    public string Folder => Path.Combine(Common, FolderName);

    /// <summary>The lock of the root's numbers for all trees.</summary>
    public string LockPath => Path.Combine(Folder, "topic_" + Name + ".lock");

    /// <summary>What was seen in the history.</summary>
    public string SeenPath => Path.Combine(Folder, "topic_" + Name + ".seen");

    /// <summary>What reservations of this root begin with.</summary>
    public string RefPrefix => ReservedPrefix + Name + "/";

    /// <summary>The reservation of a number.</summary>
    public string RefOf(int number) => RefPrefix + TopicFolderName.Format(number);

    /// <summary>The same at a remote, as a fetch keeps it.</summary>
    public string TrackedOf(string remote, int number) =>
        TrackedPrefix + Escape(remote) + "/" + Name + "/" + TopicFolderName.Format(number);

    /// <summary>Whether a ref is one of ours, which is no way to a commit.</summary>
    public static bool IsOurs(string name) => name.StartsWith("refs/tasklock/", StringComparison.Ordinal);

    /// <summary>The number that a ref reserves in this root, here or at a remote as it was fetched; less than zero for any other.</summary>
    public int NumberOf(string name)
    {
        var isReserved = name.StartsWith(RefPrefix, StringComparison.Ordinal);
        var isTracked = name.StartsWith(TrackedPrefix, StringComparison.Ordinal)
            && name.Split('/') is { Length: 6 } parts && parts[4] == Name;
        return (isReserved || isTracked) && int.TryParse(name[(name.LastIndexOf('/') + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) && number <= TopicFolderName.MaxNumber ? number : TopicFolderName.None;
    }

    /// <summary>The path of a name in the root, as git writes it.</summary>
    public string PathOf(string name) => Part.Length == 0 ? name : Part + "/" + name;

    /// <summary>The names in the root that paths go through, those that take a number.</summary>
    /// <param name="paths">Each ended by NUL.</param>
    public IReadOnlyCollection<string> NamesIn(string paths)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var start = Part.Length == 0 ? "" : Part + "/";
        foreach (var path in paths.Split('\0').Select(path => path.TrimStart('\n')))
        {
            if (!path.StartsWith(start, StringComparison.Ordinal))
                continue;
            var end = path.IndexOf('/', start.Length);
            var name = end < 0 ? path[start.Length..] : path[start.Length..end];
            if (name.Length > 0 && NumberTally.Counts(name))
                names.Add(name);
        }
        return names;
    }

    /// <summary>The same root in the other working trees of the repository, where it is there.</summary>
    public IEnumerable<string> OtherRoots() => GitWorktrees.Of(Tree).Skip(1)
        .Select(top => Part.Length == 0 ? top : Path.Combine(top, Part.Replace('/', Path.DirectorySeparatorChar)))
        .Where(Directory.Exists);

    /// <summary>The heads of trees that stand on no branch.</summary>
    public IEnumerable<GitRef> Heads() => GitWorktrees.Heads(Common).Select(head => new GitRef(head.Name, head.Object));

    /// <summary>What a shallow clone lacks: the text of the file that says it; null for a whole one.</summary>
    public string? Shallow => GitFile.Read(Path.Combine(Common, "shallow"), 1 << 24);

    /// <summary>Letters, digits, '_' and '-' as they are, all else as %XX: one component of a ref and of a path.</summary>
    public static string Escape(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var name = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
                or (byte)'_' or (byte)'-')
                name.Append((char)value);
            else
                name.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        if (name.Length <= LongestName)
            return name.ToString();
        // FNV-1a.
        var hash = bytes.Aggregate(0xcbf29ce484222325, (sum, value) => unchecked((sum ^ value) * 0x100000001b3));
        return name.ToString(0, LongestName - 20) + "--" + hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
