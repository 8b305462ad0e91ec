using System;
using System.Collections.Generic;
using System.IO;
#if NET
using System.IO.Enumeration;
#endif
using System.Linq;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// Reads a topics' root. The scan is the cost of an allocation and no stamp can replace it (a folder's time is too coarse to tell that
/// nothing was made since), so <see cref="Highest"/> reads the names alone, in the system's buffers.
/// </summary>
internal static class TopicScan
{
    /// <summary>The highest number that is taken, 0 if none is.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable.</exception>
    public static int Highest(string root)
    {
        try
        {
            var highest = 0;
            foreach (var number in Numbers(root))
                highest = Math.Max(highest, number);
            return highest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, root);
        }
    }

    /// <summary>Everything whose name begins with a digit, by number, then by name; nothing if there is no root.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">AccessDenied, StoreUnavailable.</exception>
    public static IReadOnlyList<TopicEntry> Entries(string root)
    {
        try
        {
            return Directory.Exists(root)
                ? Numbered(root).OrderBy(entry => entry.Number).ThenBy(entry => entry.FileName, StringComparer.Ordinal).ToList()
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, root);
        }
    }

#if NET
    // Nothing is skipped: a hidden folder takes its number too.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private static FileSystemEnumerable<int> Numbers(string root) =>
        new(root, static (ref FileSystemEntry entry) => TopicFolderName.NumberOf(entry.FileName), Everything);

    private static FileSystemEnumerable<TopicEntry> Numbered(string root) =>
        new(root, static (ref FileSystemEntry entry) => Entry(entry.FileName.ToString(), entry.IsDirectory), Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => entry.FileName[0] is >= '0' and <= '9',
        };
#else
    private static IEnumerable<int> Numbers(string root) =>
        Directory.EnumerateFileSystemEntries(root).Select(path => TopicFolderName.NumberOf(path.AsSpan(path.LastIndexOf(Path.DirectorySeparatorChar) + 1)));

    private static IEnumerable<TopicEntry> Numbered(string root) =>
        Directory.EnumerateFileSystemEntries(root).Select(path => Entry(Path.GetFileName(path), Directory.Exists(path)))
            .Where(entry => entry.FileName[0] is >= '0' and <= '9');
#endif

    private static TopicEntry Entry(string fileName, bool isFolder) => new(fileName, TopicFolderName.NumberOf(fileName.AsSpan()), isFolder);
}
