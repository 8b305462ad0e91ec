using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
#if NET
using System.IO.Enumeration;
#endif

namespace TaskLocking.Topics;

/// <summary>
/// Reads a topics' root. The scan is the cost of an allocation and no stamp can replace it: a folder's time is too coarse to tell that
/// nothing was made since. What can, where the system offers it, is a <see cref="TopicWatch"/>, and that too begins with a scan. So
/// <see cref="Highest"/> reads the names alone, in the system's buffers.
/// </summary>
internal static class TopicScan
{
    /// <summary>The highest number that is taken, 0 if none is.</summary>
    /// <param name="root">The root.</param>
    /// <param name="unclear">Gets the folders that may be numbered.</param>
    /// <exception cref="TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable.</exception>
    public static int Highest(string root, ICollection<string>? unclear = null)
    {
        try
        {
            return HighestNumber(root, unclear);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, root);
        }
    }

    /// <summary>Everything whose name begins with a digit, or may be a number's in another way, by number, then by name; nothing if there
    /// is no root.</summary>
    /// <exception cref="TaskLockingException">AccessDenied, StoreUnavailable.</exception>
    public static IReadOnlyList<TopicEntry> Entries(string root)
    {
        try
        {
            return Directory.Exists(root)
                ? Counted(Numbered(root).ToList()).OrderBy(entry => entry.Number).ThenBy(entry => entry.FileName, StringComparer.Ordinal)
                    .ToList()
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

    // Nothing is ever included, so a single step walks the whole folder; of strings, because the runtime has that code compiled already.
    private static int HighestNumber(string root, ICollection<string>? unclear)
    {
        var (highest, year) = (0, 0);
        using var walk = new FileSystemEnumerable<string>(root, static (ref FileSystemEntry _) => "", Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            {
                var number = TopicFolderName.NumberOf(entry.FileName);
                if (number > highest)
                    highest = number;
                else if (number == TopicFolderName.Dated)
                    year = Math.Max(year, TopicFolderName.YearOf(entry.FileName));
                else if (number == TopicFolderName.Unclear && entry.IsDirectory)
                    unclear?.Add(entry.FileName.ToString());
                return false;
            },
        }.GetEnumerator();
        walk.MoveNext();
        return highest < TopicFolderName.NearYears ? highest : Math.Max(highest, year);
    }

    private static FileSystemEnumerable<TopicEntry> Numbered(string root) =>
        new(root, static (ref FileSystemEntry entry) => Entry(entry.FileName.ToString(), entry.IsDirectory), Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => IsNumbered(entry.FileName),
        };
#else
    private static int HighestNumber(string root, ICollection<string>? unclear)
    {
        var (highest, year) = (0, 0);
        foreach (var path in Directory.EnumerateFileSystemEntries(root))
        {
            var name = path.AsSpan(path.LastIndexOf(Path.DirectorySeparatorChar) + 1);
            var number = TopicFolderName.NumberOf(name);
            if (number > highest)
                highest = number;
            else if (number == TopicFolderName.Dated)
                year = Math.Max(year, TopicFolderName.YearOf(name));
            else if (number == TopicFolderName.Unclear && Directory.Exists(path))
                unclear?.Add(Path.GetFileName(path));
        }
        return highest < TopicFolderName.NearYears ? highest : Math.Max(highest, year);
    }

    private static IEnumerable<TopicEntry> Numbered(string root) =>
        Directory.EnumerateFileSystemEntries(root).Select(path => Entry(Path.GetFileName(path), Directory.Exists(path)))
            .Where(entry => IsNumbered(entry.FileName.AsSpan()));
#endif

    private static bool IsNumbered(ReadOnlySpan<char> name) =>
        name[0] is >= '0' and <= '9' || TopicFolderName.NumberOf(name) == TopicFolderName.Unclear;

    private static IEnumerable<TopicEntry> Counted(List<TopicEntry> entries) =>
        entries.Exists(entry => entry.Number >= TopicFolderName.NearYears)
        ? entries.Select(entry => TopicFolderName.YearOf(entry.FileName.AsSpan()) is >= 0 and var year ? entry with { Number = year }
            : entry)
        : entries;

    private static TopicEntry Entry(string fileName, bool isFolder) => new(fileName, TopicFolderName.NumberOf(fileName.AsSpan()), isFolder);
}
