using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Entries of histories in a folder, beside the parts of archived tasks: each part is a file of lines, which is never changed. A todo says
/// where in which file its line is.
/// </summary>
/// <remarks>
/// Failure modes: a file that was written and that no todo names harms nobody; where one is gone, or a line is damaged, whoever reads the
/// history is told.
/// </remarks>
internal sealed class FileHistories(StorePaths paths) : IHistoryArchive
{
    private const string Suffix = ".changes";

    public string Remedy => "Put the file back from a copy of the folder, or from git; the task can be worked on meanwhile.";

    public void Write(string name, IReadOnlyList<byte[]> lines)
    {
        var bytes = new ByteBuffer(lines.Sum(line => line.Length));
        foreach (var line in lines)
            bytes.Write(line);
        try
        {
            StoreFolder.Ensure(paths.Archive);
            var path = PlaceOf(name);
            var beside = FileBytes.WriteBeside(path, bytes.Written, bound: paths.Document);
            Failpoint.Hit("history.before-rename");
            FileBytes.Replace(beside, path);
            PlatformFile.FlushFolder(paths.Archive);
            PlatformFile.FlushFolder(paths.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Archive);
        }
    }

    public byte[]? Read(HistoryPart part)
    {
        try
        {
            using var file = StoreFile.TryOpen(PlaceOf(part.Name), FileAccess.Read);
            if (file is null || file.Length < (long)part.Start + part.Length)
                return null;
            return FileBytes.Read(file, file.SafeFileHandle, part.Start, part.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Archive);
        }
    }

    public IReadOnlyList<byte[]>? ReadAll(string name)
    {
        if (FileBytes.TryReadAll(PlaceOf(name)) is not { } bytes)
            return null;
        var lines = new List<byte[]>();
        for (var start = 0; start < bytes.Length; start += lines[^1].Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
            lines.Add(bytes.AsSpan(start, length == 0 ? bytes.Length - start : length).ToArray());
        }
        return lines;
    }

    public void Discard(string name) => FileBytes.TryDelete(PlaceOf(name));

    public IReadOnlyList<string> Older(DateTimeOffset time) =>
        [.. StoreFolder.Files(paths.Archive, "*" + Suffix).Where(path => File.GetLastWriteTimeUtc(path) < time.UtcDateTime)
            .Select(path => Path.GetFileNameWithoutExtension(path)!)];

    // A damaged name in a todo leads nowhere else.
    public string PlaceOf(string name) => Path.Combine(paths.Archive, Path.GetFileName(name + Suffix));
}
