using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <content>Closed tasks that leave the document, and what can be asked of them.</content>
public sealed partial class TaskBoard
{
    // Others archive at most once a night; each try is one that they did at the same time.
    private const int MostTries = 10;

    /// <summary>
    /// Moves closed tasks out of the document into the archive, in one commit. Their ids stay taken, they count in the progress of their
    /// swarm, their history can be read, and who comes to depend on one has it back.
    /// </summary>
    /// <param name="request">Which ones; null for the defaults.</param>
    /// <param name="options">How; null for the defaults. With <see cref="CommitOptions.WhatIf"/> nothing is changed.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">InvalidArgument; what the system said; what a commit may meet.</exception>
    public ArchiveReport ArchiveTasks(ArchiveRequest? request = null, CommitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var asked = (request ?? new ArchiveRequest()) with { };
        if (asked.OlderThan < TimeSpan.Zero)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "The time since tasks were closed is negative. Give one from 0 on, for example 30 days.");
        for (var left = MostTries; left > 0; left--)
        {
            var state = _store.Read(cancellationToken);
            var now = _clock.GetUtcNow();
            var choice = ArchiveChoice.Of(state, asked, now);
            if (options is { WhatIf: true } || choice.Tasks.Count == 0)
            {
                var isPreview = options is { WhatIf: true };
                return new ArchiveReport([.. choice.Tasks.Select(task => task.Id)], choice.Needed,
                    state.Archive.Sum(segment => segment.Tasks) + choice.Tasks.Count, isPreview);
            }
            if (TryArchive(asked, choice.Tasks, state.Archive, now, options, cancellationToken) is { } report)
                return report;
        }
        throw new TaskLockingException(RefusalCode.StoreUnavailable, "Others archive all the time. Try again when it is quieter.");
    }

    /// <summary>
    /// Brings archived tasks back into the document, as they were. One commit for those that can be; the others are refused one by one.
    /// </summary>
    public IReadOnlyList<TaskOutcome> RestoreTasks(IReadOnlyList<string> ids, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new RestoreRule(FixedList<string>.Of(ids)), ids.Count, options, cancellationToken);

    /// <summary>The archived task with exactly this id, or null, also where a task in the document has it.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of the archive is missing or damaged.</exception>
    public AgentTask? FindArchivedTask(string id)
    {
        var state = _store.Read();
        return string.IsNullOrEmpty(id) || state.Archive.Count == 0 || state.Find(id) is not null ? null
            : _store.Archive.Find([id], state.Archive).TryGetValue(id, out var found) ? found.Task : null;
    }

    /// <summary>The archived tasks that meet the query, in the order in which they were archived. Reads all of the archive.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of the archive is missing or damaged.</exception>
    public IReadOnlyList<AgentTask> GetArchivedTasks(TaskQuery? query = null) =>
        TaskQueries.Select(Archived(default), query, _clock.GetUtcNow());

    internal IReadOnlyList<AgentTask> Archived(CancellationToken cancellationToken)
    {
        var state = _store.Read(cancellationToken);
        return state.Archive.Count == 0 ? [] : [.. _store.Archive.ReadAll(state.Archive).Where(task => state.Find(task.Id) is null)];
    }

    internal ArchiveSegment WriteArchive(IReadOnlyList<AgentTask> tasks, DateTimeOffset now) => _store.Archive.Write(tasks, [], now);

    /// <summary>What is in the archive, as a sentence; reads all of it.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part is missing or damaged.</exception>
    /// <exception cref="System.IO.InvalidDataException">The same of a history.</exception>
    internal string CheckArchive()
    {
        var state = (StateSnapshot)_store.Read();
        var count = state.Archive.Count == 0 ? 0 : _store.Archive.ReadAll(state.Archive).Count();
        return (count == 0 ? "Nothing is archived." : $"{count} archived tasks are there, whole.")
            + HistoryNames.Check(state, _store.Archive);
    }

    /// <summary>
    /// Writes what the todos name of histories that have left them to the archive of another board, which takes todos over. A part that
    /// nobody needs there is swept as any other.
    /// </summary>
    internal void CopyHistories(TaskBoard into, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (_store.Archive.Histories, into._store.Archive.Histories);
        foreach (var name in HistoryNames.Of((StateSnapshot)_store.Read(cancellationToken), _store.Archive))
        {
            if (theirs.ReadAll(name) is null && ours.ReadAll(name) is { } lines)
                theirs.Write(name, lines);
        }
    }

    // Where nobody can tell what is still named, all of it stays.
    private void SweepHistories()
    {
        try
        {
            _histories.Sweep();
        }
        catch (TaskLockingException unread)
        {
            System.Diagnostics.Debug.WriteLine(unread);
        }
    }

    // Null where another archiving came between.
    private ArchiveReport? TryArchive(ArchiveRequest request, IReadOnlyList<AgentTask> tasks, IReadOnlyList<ArchiveSegment> there,
        DateTimeOffset now, CommitOptions? options, CancellationToken cancellationToken)
    {
        var merged = !_store.Archive.CanMerge ? [] : ArchiveChoice.Mergeable(there, tasks.Count);
        var written = _store.Archive.Write(tasks, merged, now);
        Failpoint.Hit("archive.after-write");
        ArchiveReport? report;
        try
        {
            report = Transact(new ArchiveRule(request, tasks, written, merged), tasks.Count, options, cancellationToken);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code != RefusalCode.CommitUncertain)
        {
            _store.Archive.Discard(written);
            throw;
        }
        if (report is { Archived.Count: > 0 })
        {
            _store.Archive.Sweep(_store.Read(cancellationToken).Archive, now);
            SweepHistories();
        }
        else
            _store.Archive.Discard(written);
        return report;
    }
}
