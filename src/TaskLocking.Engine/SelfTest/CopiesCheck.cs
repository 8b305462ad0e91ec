using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.SelfTest;

/// <summary>
/// Names what file synchronisers, editors and people left beside the document, in <c>journal</c> and in <c>locks</c>: the store goes by its
/// exact names, and these are as if they were not there. A remark, never a failure.
/// </summary>
internal static class CopiesCheck
{
    private const int Most = 10;

    public static string Run(StorePaths paths)
    {
        var found = new List<string>();
        found.AddRange(In(paths.Folder).Where(name => IsCopyOfDocument(name, paths)));
        found.AddRange(In(paths.Journals).Where(name => !IsOfJournals(name, paths)).Select(name => "journal/" + name));
        found.AddRange(In(paths.Locks).Where(name => !TaskLockFile.IsName(name) && !ResourceLockFile.IsName(name))
            .Select(name => "locks/" + name));
        return found.Count == 0
            ? "Nothing stands beside the store's own files."
            : $"Remark: {found.Count} {(found.Count == 1 ? "file is" : "files are")} not the store's, and as if not there: "
                + $"{string.Join(", ", found.Take(Most).Select(name => $"'{name}'"))}{(found.Count > Most ? ", …" : "")}. "
                + "A synchroniser, an editor or a person left them; look whether anything in them is missed, and take them away.";
    }

    private static IEnumerable<string> In(string folder) =>
        StoreFolder.Files(folder, "*").Select(path => Path.GetFileName(path)).OrderBy(name => name, StringComparer.Ordinal);

    // Other programs may have files of their own beside it: only what is named like it is meant.
    private static bool IsCopyOfDocument(string name, StorePaths paths)
    {
        string[] own = [paths.Document, paths.StateLock, paths.Backup];
        return Has(name, "state") && Has(name, "todo2")
            && !own.Any(path => Path.GetFileName(path) == name) && !TemporarySweep.IsName(name);
    }

    private static bool Has(string name, string part) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, part, CompareOptions.OrdinalIgnoreCase) >= 0;

    private static bool IsOfJournals(string name, StorePaths paths) =>
        JournalNames.IsName(name) || TemporarySweep.IsName(name) ||
        new[] { paths.Flushing, paths.Published, paths.PublishLock }.Any(path => Path.GetFileName(path) == name);
}
