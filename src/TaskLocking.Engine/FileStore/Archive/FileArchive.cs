using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The archive of a folder: each part is a file of lines (<see cref="ArchiveLine"/>) and, beside it, where in it an id is
/// (<see cref="ArchiveIndex"/>). Neither is ever changed.
/// </summary>
/// <remarks>
/// Failure modes: a file that was written and never named by a commit harms nobody; without the index, or with a damaged one, the lines are
/// read; where a line is damaged, or the file is gone, that is told, and whoever asks for an id gets no answer rather than a wrong one.
/// </remarks>
internal sealed class FileArchive(StorePaths paths) : ITaskArchive
{
    private const string Lines = ".jsonl";
    private const string Ids = ".ids";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public bool CanMerge => true;

    public IHistoryArchive Histories { get; } = new FileHistories(paths);

    public ArchiveSegment Write(IReadOnlyList<AgentTask> tasks, IReadOnlyList<ArchiveSegment> merged, DateTimeOffset now)
    {
        var name = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N");
        var all = ReadAll(merged).Concat(tasks).ToList();
        var segment = new ArchiveSegment(name, all.Count, now, [.. merged.Select(part => part.Name)]);
        Put(segment, all);
        return segment;
    }

    public void Put(ArchiveSegment segment, IReadOnlyList<AgentTask> tasks)
    {
        var lines = new ByteBuffer(1 << 16);
        var entries = new List<(ulong, long, int)>(tasks.Count);
        foreach (var task in tasks)
        {
            var start = lines.Length;
            ArchiveLine.Write(lines, task);
            entries.Add((ArchiveIndex.NumberOf(task.Id), start, lines.Length - start));
        }
        try
        {
            StoreFolder.Ensure(paths.Archive);
            Put(segment.Name + Ids, ArchiveIndex.Write(entries));
            Failpoint.Hit("archive.after-index");
            Put(segment.Name + Lines, lines.Written);
            PlatformFile.FlushFolder(paths.Archive);
            PlatformFile.FlushFolder(paths.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Archive);
        }
    }

    public void Discard(ArchiveSegment segment) => Delete(segment.Name);

    public IReadOnlyDictionary<string, ArchivedTask> Find(IReadOnlyCollection<string> ids, IReadOnlyList<ArchiveSegment> segments)
    {
        var found = new Dictionary<string, ArchivedTask>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var left = new HashSet<string>(segment.Left, StringComparer.Ordinal);
            var wanted = ids.Where(id => !left.Contains(id)).ToList();
            if (wanted.Count == 0)
                continue;
            foreach (var task in FindIndexed(segment, wanted) ?? FindRead(segment, wanted))
                found[task.Id] = new ArchivedTask(task, segment);
        }
        return found;
    }

    public IEnumerable<AgentTask> ReadAll(IReadOnlyList<ArchiveSegment> segments)
    {
        foreach (var segment in segments)
        {
            var left = new HashSet<string>(segment.Left, StringComparer.Ordinal);
            foreach (var task in Read(segment))
            {
                if (!left.Contains(task.Id))
                    yield return task;
            }
        }
    }

    public void Sweep(IReadOnlyList<ArchiveSegment> segments, DateTimeOffset now)
    {
        // Who began to read before they were replaced has long ended.
        foreach (var name in segments.Where(segment => now - segment.At >= Kept).SelectMany(segment => segment.Replaces))
        {
            if (!segments.Any(segment => segment.Name == name))
                Delete(name);
        }
        // What a killed process left half.
        foreach (var path in StoreFolder.Files(paths.Archive, "*"))
        {
            var isHalf = TemporarySweep.IsName(Path.GetFileName(path))
                || (path.EndsWith(Ids, StringComparison.Ordinal) && !File.Exists(Path.ChangeExtension(path, Lines)));
            if (isHalf && now.UtcDateTime - File.GetLastWriteTimeUtc(path) >= Kept)
                FileBytes.TryDelete(path);
        }
    }

    /// <summary>What is wrong with a part; null for nothing. Reads all of it.</summary>
    public string? Fault(ArchiveSegment segment)
    {
        try
        {
            _ = Read(segment).Count();
        }
        catch (TaskLockingException damaged)
        {
            return damaged.Message;
        }
        return FileBytes.TryReadAll(PathOf(segment.Name + Ids)) is { } index && ArchiveIndex.Count(index) == segment.Count ? null
            : $"'{PathOf(segment.Name + Ids)}' is missing or damaged: ids are looked for in all of '{segment.Name + Lines}', which takes "
                + "long. The next archiving that puts it into another part makes it anew.";
    }

    // A damaged name in a record leads nowhere else.
    private string PathOf(string file) => Path.Combine(paths.Archive, Path.GetFileName(file));

    private void Delete(string name)
    {
        FileBytes.TryDelete(PathOf(name + Lines));
        FileBytes.TryDelete(PathOf(name + Ids));
    }

    private void Put(string file, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(file);
        FileBytes.Replace(FileBytes.WriteBeside(path, bytes, bound: paths.Document), path);
    }

    // Null where the index does not tell.
    private List<AgentTask>? FindIndexed(ArchiveSegment segment, List<string> ids)
    {
        try
        {
            using var index = StoreFile.TryOpen(PathOf(segment.Name + Ids), FileAccess.Read);
            using var lines = StoreFile.TryOpen(PathOf(segment.Name + Lines), FileAccess.Read);
            if (lines is null)
                throw Damaged(segment, "is missing");
            if (index is null)
                return null;
            var found = new List<AgentTask>();
            var pages = new Dictionary<int, byte[]>();
            foreach (var id in ids)
            {
                if (ArchiveIndex.Find(index, ArchiveIndex.NumberOf(id), pages) is not { } places)
                    return null;
                foreach (var (start, length) in places)
                {
                    var task = ArchiveLine.Read(FileBytes.Read(lines, lines.SafeFileHandle, start, length))
                        ?? throw Damaged(segment, $"is damaged at byte {start}");
                    if (task.Id == id)
                        found.Add(task);
                }
            }
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Archive);
        }
    }

    private IEnumerable<AgentTask> FindRead(ArchiveSegment segment, List<string> ids)
    {
        var wanted = new HashSet<string>(ids, StringComparer.Ordinal);
        return Read(segment).Where(task => wanted.Contains(task.Id));
    }

    private IEnumerable<AgentTask> Read(ArchiveSegment segment)
    {
        ReadOnlyMemory<byte> bytes = FileBytes.TryReadAll(PathOf(segment.Name + Lines)) ?? throw Damaged(segment, "is missing");
        var (start, count) = (0, 0);
        for (; start < bytes.Length; count++)
        {
            var length = bytes.Span[start..].IndexOf((byte)'\n') + 1;
            if (length == 0 || ArchiveLine.Read(bytes.Slice(start, length)) is not { } task)
                throw Damaged(segment, $"is damaged at byte {start}");
            start += length;
            yield return task;
        }
        if (count != segment.Count)
            throw Damaged(segment, $"has {count} tasks where {segment.Count} were written");
    }

    private TaskLockingException Damaged(ArchiveSegment segment, string fault)
    {
        var path = PathOf(segment.Name + Lines);
        return new TaskLockingException(new Refusal(RefusalCode.StateCorrupt,
            $"'{path}', which holds {segment.Tasks} archived tasks, {fault}: nobody can tell whether an id is one of theirs. Put the file "
            + "back from a copy of the folder, or from git; tasks that are in the document can be worked on meanwhile.")
        { Path = path });
    }
}
