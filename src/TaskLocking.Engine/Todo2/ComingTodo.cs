using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A todo as a commit brings it that is not written yet, or has just been: the change, and what it was before. Its bytes are made when
/// somebody wants them, which a decision seldom does.
/// </summary>
internal sealed class ComingTodo : ITaskSource
{
    private readonly ITaskSource? _before; // a todo of the store, or one that the same commit brings
    private readonly StateChange _change;
    private readonly ComingCommit _commit;
    private TodoEntry? _entry; // as of the version that the commit had then

    /// <summary>A todo that comes.</summary>
    public ComingTodo(TaskAdded added, ComingCommit commit)
    {
        (_change, _commit) = (added, commit);
        Place = TodoEntry.NextPlace();
    }

    /// <summary>A todo that changes.</summary>
    public ComingTodo(ITaskSource before, TaskPatch change, ComingCommit commit)
    {
        (_before, _change, _commit) = (before, change, commit);
        Place = before.Place;
    }

    public ReadOnlyMemory<byte> Json => Entry.Json;

    public long? Version => _commit.Version;

    public bool IsArchived => false;

    public long Place { get; }

    public int Twins => _before?.Twins ?? 0;

    public int OpenTwins => _before?.OpenTwins ?? 0;

    public bool NamesBegin => Entry.NamesBegin;

    private TodoEntry Entry
    {
        get
        {
            var entry = Volatile.Read(ref _entry);
            if (entry?.Version == _commit.Version)
                return entry;
            entry = Make();
            Volatile.Write(ref _entry, entry);
            return entry;
        }
    }

    public IReadOnlyList<TaskHistoryEntry> ReadHistory() => Entry.ReadHistory();

    public IReadOnlyList<TaskHistoryEntry> ReadHistory(IHistoryArchive archive) => Entry.ReadHistory(archive);

    public bool BeginsLike(ITaskSource other, int count) => Entry.BeginsLike(other, count);

    public IReadOnlyList<TaskNote> ReadNotes() => Entry.ReadNotes();

    public INoteList WithNote(TaskNote note) => Entry.WithNote(note);

    public ITaskSource After(TaskPatch change, ComingCommit commit) => new ComingTodo(this, change, commit);

    public bool SaysTheSameAs(ITaskSource other) => Entry.SaysTheSameAs(other);

    public IReadOnlyList<string> NamesOf(TodoField field) => Entry.NamesOf(field);

    public IForeignDependencies Rewrite(IReadOnlyList<string> ids, IReadOnlyCollection<string> unread) => Entry.Rewrite(ids, unread);

    private TodoEntry Make()
    {
        var bytes = new ByteBuffer();
        if (_change is TaskPatch patch)
        {
            PatchWriter.Write(bytes, patch, _commit);
            return ((_before as ComingTodo)?.Entry ?? (TodoEntry)_before!).Beside(bytes.Written, _commit.Version);
        }
        var added = (TaskAdded)_change;
        TodoWriter.Write(bytes, added, _commit);
        return TodoEntry.Coming(added.Id, bytes.ToArray(), _commit.Version);
    }
}
