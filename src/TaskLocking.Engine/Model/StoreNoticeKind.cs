namespace TaskLocking;

/// <summary>What a notice is about. The names are the <c>code</c> of a warning in <c>tasklock --json</c>.</summary>
public enum StoreNoticeKind
{
    /// <summary>The document was not a Todo2 document; the tasks were recovered from backup and journal.</summary>
    DocumentBroken,

    /// <summary>A document that somebody else wrote lacks tasks, or parts of tasks, that were acknowledged: they stay.</summary>
    DocumentIncomplete,

    /// <summary>Changes in a document that somebody else wrote lost to later ones of ours.</summary>
    EditSetAside,

    /// <summary>Others see an older document: the newest one cannot be put in its place.</summary>
    DocumentNotPublished,

    /// <summary>The lock of a task cannot be used, so the task was passed over.</summary>
    TaskLockUnusable,

    /// <summary>
    /// The store was copied, or put back to an earlier state: it goes on with other versions, and what was given out since counts no
    /// longer.
    /// </summary>
    StorePutBack,

    /// <summary>Folders of topics that may be numbered, or may be called by something else: they do not count.</summary>
    TopicUnclear,

    /// <summary>A task was given a dependency that is no task.</summary>
    DependencyMissing,

    /// <summary>A task was given a dependency that will not be done as things stand: cancelled, failed, or waiting for itself.</summary>
    DependencyInVain,

    /// <summary>A journal ended in a line that was not whole.</summary>
    JournalCut,

    /// <summary>A lock file was removed or replaced while it was held: others may have been let in.</summary>
    HoldDisturbed,

    /// <summary>A topic's number is known to be free here alone: less could be seen or reserved than was asked for.</summary>
    TopicLocal,

    /// <summary>A topic was found by its name with others, and has the same number here.</summary>
    TopicElsewhere,

    /// <summary>The older entries of a history could not go to the archive: they stay in the document.</summary>
    HistoryNotMoved,
}
