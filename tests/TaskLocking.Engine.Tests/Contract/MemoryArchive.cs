using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Contract;

/// <summary>Parts of an archive in the memory of a test, as lines.</summary>
internal sealed class MemoryArchive(MemoryJournal journal) : ITaskArchive
{
    public bool CanMerge => true;

    public IHistoryArchive Histories { get; } = new MemoryHistories(journal);

    public ArchiveSegment Write(IReadOnlyList<AgentTask> tasks, IReadOnlyList<ArchiveSegment> merged, DateTimeOffset now)
    {
        List<AgentTask> all = [.. ReadAll(merged), .. tasks];
        lock (journal.Gate)
        {
            var name = journal.Archive.Count.ToString("d4", CultureInfo.InvariantCulture);
            var segment = new ArchiveSegment(name, all.Count, now, [.. merged.Select(part => part.Name)]);
            Put(segment, all);
            return segment;
        }
    }

    public void Put(ArchiveSegment segment, IReadOnlyList<AgentTask> tasks)
    {
        lock (journal.Gate)
            journal.Archive[segment.Name] = [.. tasks.Select(Line)];
    }

    // Its name is not given to another.
    public void Discard(ArchiveSegment segment)
    {
        lock (journal.Gate)
            journal.Archive[segment.Name] = null;
    }

    public IReadOnlyDictionary<string, ArchivedTask> Find(IReadOnlyCollection<string> ids, IReadOnlyList<ArchiveSegment> segments) =>
        segments.SelectMany(segment => ReadAll([segment]).Where(task => ids.Contains(task.Id))
            .Select(task => new ArchivedTask(task, segment))).ToDictionary(found => found.Task.Id, StringComparer.Ordinal);

    public IEnumerable<AgentTask> ReadAll(IReadOnlyList<ArchiveSegment> segments)
    {
        lock (journal.Gate)
        {
            return [.. segments.SelectMany(segment => journal.Archive[segment.Name]!.Select(line => ArchiveLine.Read(line)!)
                .Where(task => !segment.Left.Contains(task.Id)))];
        }
    }

    public void Sweep(IReadOnlyList<ArchiveSegment> segments, DateTimeOffset now)
    {
    }

    private static byte[] Line(AgentTask task)
    {
        var line = new ByteBuffer();
        ArchiveLine.Write(line, task);
        return line.ToArray();
    }
}
