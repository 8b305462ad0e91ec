using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;

namespace TaskLocking;

/// <summary>Reads what a user names to import tasks from: a file, or the folder of Backlog.md.</summary>
public static class ImportSource
{
    private const long Longest = 1 << 30;

    private static readonly string[] Parts = ["tasks", "completed", "drafts", "archive/tasks"];

    /// <summary>The file, or all files of tasks below the folder, by their names.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable; InvalidArgument for what is no file, too long,
    /// or no folder of Backlog.md.</exception>
    public static IReadOnlyList<ImportFile> Read(string path)
    {
        try
        {
            if (!Directory.Exists(path))
                return [Read(path, Path.GetFileName(path))];
            var folder = Directory.Exists(Path.Combine(path, "backlog")) ? Path.Combine(path, "backlog") : path;
            var files = Parts.SelectMany(part => Files(folder, part)).Select(name => Read(Path.Combine(folder, name), name)).ToList();
            return files.Count > 0 ? files : throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument,
                $"'{path}' has no tasks of Backlog.md ('tasks/*.md'). Name its folder, or a file.", Path: path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(fault, path);
        }
    }

    private static IEnumerable<string> Files(string folder, string part) => !Directory.Exists(Path.Combine(folder, part)) ? []
        : Directory.EnumerateFiles(Path.Combine(folder, part), "*.md").Select(file => part + "/" + Path.GetFileName(file))
            .Where(file => !file.EndsWith("/readme.md", StringComparison.OrdinalIgnoreCase)).OrderBy(file => file, StringComparer.Ordinal);

    // A FIFO would keep us waiting, and a device has no end.
    private static ImportFile Read(string path, string name)
    {
        if (FileFacts.At(PlatformFile.ResolveLinks(path)) is not { } facts)
            throw new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
                $"The file '{path}' does not exist. Name an existing file, or the folder of Backlog.md.", Path: path));
        if (!facts.IsPlain)
            throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument, $"'{path}' is {facts.Kind}. Name a file.", Path: path));
        if (new FileInfo(path).Length > Longest)
            throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument,
                $"'{path}' has more than {Longest >> 20} MB. Several smaller files do as well.", Path: path));
        return new ImportFile(name, File.ReadAllBytes(path));
    }
}
