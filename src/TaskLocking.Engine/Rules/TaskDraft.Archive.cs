using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// What a draft knows of the archive. Which parts count the state tells; what lies in them is asked for only where somebody names an id
/// that no task has. A task that is not closed finds what it waits for, and its parent, in the document: where that was archived, it comes
/// back in the same commit.
/// </summary>
internal sealed partial class TaskDraft
{
    /// <inheritdoc/>
    public IReadOnlyList<ArchiveSegment> Archive => _records.Archive;

    /// <summary>The archived task of this id; null where there is none, and where a task has the id.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of the archive is missing or damaged.</exception>
    internal ArchivedTask? FindArchived(string id)
    {
        _readsArchive = true;
        if (_archive is null || _records.Archive.Count == 0 || Find(id) is not null)
            return null;
        LookUp([id]);
        // What came back and went again in this draft is removed.
        return _archived![id] is { } found && _records.SegmentOf(found.Segment.Name) is { } segment
            && !segment.Left.Contains(id, StringComparer.Ordinal) ? found with { Segment = segment } : null;
    }

    /// <summary>Looks for many at once, so that <see cref="FindArchived"/> has them.</summary>
    internal void LookUp(IReadOnlyCollection<string> ids)
    {
        if (_archive is null || _records.Archive.Count == 0)
            return;
        _readsArchive = true;
        _archived ??= new(StringComparer.Ordinal);
        var unknown = ids.Where(id => !string.IsNullOrEmpty(id) && !_archived.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count == 0)
            return;
        var found = _archive.Find(unknown, _recordsBefore.Archive);
        foreach (var id in unknown)
            _archived[id] = found.TryGetValue(id, out var task) ? task : null;
    }

    /// <summary>Brings an archived task back, behind all that are there.</summary>
    internal AgentTask BringBack(ArchivedTask archived)
    {
        Put(archived.Segment.Without(archived.Task));
        return Add(new TaskTakenOver(archived.Task, _commit, _state as ITaskSources, isRestored: true));
    }

    /// <summary>Takes a task out of the document, whose todo is in a part of the archive that is put in the same commit.</summary>
    internal void PutAway(AgentTask task)
    {
        if (task.Parent is not null)
            NoteFamily(task.Id, null);
        Changes.Add(new TaskRemoved(task, isArchived: true));
        Record(task.Id, null);
    }

    /// <summary>Has entries leave the history of a task, which are in the archive by now. The task stays what it was.</summary>
    internal void MoveHistory(AgentTask task, HistoryShare share)
    {
        Changes.Add(new HistoryMoved(task, share.Count, share.Moved));
        _changed[task.Id] = task;
    }

    /// <summary>All that became of a task, wherever it lies.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of the archive is missing or damaged.</exception>
    internal IReadOnlyList<TaskHistoryEntry> HistoryOf(AgentTask task) =>
        _archive is null ? task.ReadHistory() : task.ReadHistory(_archive.Histories);

    /// <summary>Has a part of the archive count, or another of it.</summary>
    internal void Put(ArchiveSegment segment)
    {
        _readsArchive = true;
        Changes.Add(new ArchiveChange(_records.SegmentOf(segment.Name), segment));
        _records = _records.With(segment);
    }

    /// <summary>Has a part of the archive count no more.</summary>
    internal void Remove(ArchiveSegment segment)
    {
        _readsArchive = true;
        Changes.Add(new ArchiveChange(segment, null));
        _records = _records.WithoutSegment(segment.Name);
    }

    // Nothing is looked for where a task stays open, or closed, and waits for what it did.
    private void BringBackNeeded(AgentTask? before, AgentTask after)
    {
        if (_archive is null || _records.Archive.Count == 0 || (after.Dependencies.Count == 0 && after.Parent is null)
            || ArchiveChoice.IsClosed(after) || (before is not null && !ArchiveChoice.IsClosed(before)
                && ReferenceEquals(before.Dependencies, after.Dependencies) && before.Parent == after.Parent))
            return;
        IEnumerable<string> needed = after.Parent is { } parent ? after.Dependencies.Append(parent) : after.Dependencies;
        var missing = needed.Where(id => id != after.Id && Find(id) is null).ToList();
        LookUp(missing);
        foreach (var id in missing)
        {
            if (FindArchived(id) is { } archived)
                BringBack(archived);
        }
    }
}
