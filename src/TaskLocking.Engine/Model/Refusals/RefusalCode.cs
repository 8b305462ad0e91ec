namespace TaskLocking;

/// <summary>
/// Why a request was refused. The names are the error ids in PowerShell and the <c>code</c> of <c>tasklock --json</c>;
/// <see cref="RefusalTable"/> gives each its exit code and category.
/// </summary>
public enum RefusalCode
{
    /// <summary>A value is missing or malformed; the sentence has an example that is right.</summary>
    InvalidArgument,

    /// <summary>The id is defined already; the sentence tells its status.</summary>
    TaskAlreadyDefined,

    /// <summary>Somebody else has the task; <see cref="Refusal.ExistingAssignee"/> tells who.</summary>
    TaskAlreadyAssigned,

    /// <summary>No task has the id.</summary>
    TaskNotFound,

    /// <summary>No topic has the number or name.</summary>
    TopicNotFound,

    /// <summary>The lock was not free within the time that was given; <see cref="Refusal.Holder"/> tells who has it.</summary>
    LockTimeout,

    /// <summary>The session has this lock already: waiting for it would never end.</summary>
    LockRecursion,

    /// <summary>The session holds a later lock: taking an earlier one could deadlock.</summary>
    LockOrder,

    /// <summary>No agent has the name.</summary>
    AgentNotFound,

    /// <summary>The agent still has claims; <see cref="Refusal.Ids"/> lists the tasks.</summary>
    AgentHasTasks,

    /// <summary>
    /// Somebody else has a lease on a file; <see cref="Refusal.Path"/> and <see cref="Refusal.Agent"/> tell which and who.
    /// </summary>
    FileLocked,

    /// <summary>The status of the task does not allow this; the sentence tells what does.</summary>
    StatusConflict,

    /// <summary>Dependencies are not met.</summary>
    TaskNotReady,

    /// <summary>A dependency has failed.</summary>
    DependencyFailed,

    /// <summary>The change would close a circle of dependencies; <see cref="Refusal.Ids"/> lists it.</summary>
    DependencyCycle,

    /// <summary>Other tasks depend on it; <see cref="Refusal.Ids"/> lists them.</summary>
    TaskHasDependents,

    /// <summary>The task or file belongs to somebody else.</summary>
    NotOwner,

    /// <summary>The agent may not do this.</summary>
    NotPermitted,

    /// <summary>The claim has ended; its token no longer counts.</summary>
    LeaseLost,

    /// <summary>Somebody changed the task since it was read.</summary>
    VersionChanged,

    /// <summary>A part of a batch was refused, so the part that could have been done was not done.</summary>
    BatchRefused,

    /// <summary>The change may or may not last; the sentence tells what to check.</summary>
    CommitUncertain,

    /// <summary>The stored state cannot be read and nothing whole was found to recover from.</summary>
    StateCorrupt,

    /// <summary>Two handles on one file do not exclude each other here.</summary>
    LockingUnsupported,

    /// <summary>The store cannot be used for a reason that has no code of its own.</summary>
    StoreUnavailable,

    /// <summary>The newest document cannot be put in its place: others see an old one. What was committed stands.</summary>
    DocumentNotPublished,

    /// <summary>The disk, or the quota, is full.</summary>
    DiskFull,

    /// <summary>The right to read or write is missing.</summary>
    AccessDenied,

    /// <summary>
    /// A link, FIFO, socket, device or folder stands in the place of a file of the store, or a file there is another user's.
    /// </summary>
    UnsafeFile,

    /// <summary>The store belongs to another user, and nobody has named or trusted it.</summary>
    UntrustedStore,

    /// <summary>A linked worktree has a living store of its own beside the board of its repository.</summary>
    SeparateStore,

    /// <summary>The file system is mounted for reading only.</summary>
    ReadOnlyFileSystem,

    /// <summary>A folder on the way does not exist or is not a folder.</summary>
    PathNotFound,

    /// <summary>What was waited for did not come about in the time that was given.</summary>
    WaitTimeout,

    /// <summary>
    /// Not all events after a version are kept, or it is of a state that is no more; <see cref="Refusal.FoundVersion"/> is the newest.
    /// </summary>
    EventsLost,

    /// <summary>The id of a request was used before, for another one.</summary>
    RequestIdReused,
}
