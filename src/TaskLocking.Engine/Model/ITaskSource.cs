using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>Where a task comes from: one todo at one version, which keeps what the task does not hold itself. It never changes.</summary>
internal interface ITaskSource
{
    /// <summary>The whole todo as JSON, unknown fields included.</summary>
    ReadOnlyMemory<byte> Json { get; }

    /// <summary>The commit that last changed it; null if none did here and the todo itself tells.</summary>
    long? Version { get; }

    /// <summary>Whether it is in the archive, and not in the document.</summary>
    bool IsArchived { get; }

    /// <summary>Larger than that of every todo before it in the document; the same for all versions of a todo.</summary>
    long Place { get; }

    /// <summary>How many others of its id there are, which no verb reaches: for whoever waits for it, all have to be done.</summary>
    int Twins { get; }

    /// <summary>How many of those are not done.</summary>
    int OpenTwins { get; }

    /// <summary>Whether it may have been begun once: its history, or the task itself, names a begin. Looked for once.</summary>
    bool NamesBegin { get; }

    /// <summary>
    /// What became of it, oldest first, as far as the todo has it; of what has left that, the last of each kind that a rule asks for.
    /// </summary>
    IReadOnlyList<TaskHistoryEntry> ReadHistory();

    /// <summary>All that became of it, oldest first; the archive is read only where something has left the todo.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of the archive is missing or damaged.</exception>
    IReadOnlyList<TaskHistoryEntry> ReadHistory(IHistoryArchive archive);

    /// <summary>
    /// Whether the history begins with so many entries of another todo's, has more behind them, and as much has left it as the other.
    /// </summary>
    bool BeginsLike(ITaskSource other, int count);

    /// <summary>What people and agents left on it, of whichever tool, in the order in which it stands there.</summary>
    IReadOnlyList<TaskNote> ReadNotes();

    /// <summary>Its notes with one more behind them.</summary>
    INoteList WithNote(TaskNote note);

    /// <summary>The source of the task after a change that a commit brings.</summary>
    ITaskSource After(TaskPatch change, ComingCommit commit);

    /// <summary>Whether another todo says the same, leaving aside what we keep about either.</summary>
    bool SaysTheSameAs(ITaskSource other);

    /// <summary>What its members are called, in order, that tell a field.</summary>
    IReadOnlyList<string> NamesOf(TodoField field);

    /// <summary>Its dependencies anew, where another tool wrote them in its own way.</summary>
    /// <param name="ids">What it is to wait for.</param>
    /// <param name="unread">What is to stay of that which is not understood, as the todo writes it.</param>
    IForeignDependencies Rewrite(IReadOnlyList<string> ids, IReadOnlyCollection<string> unread);
}
