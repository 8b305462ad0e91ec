namespace TaskLocking.Server;

/// <summary>
/// The one table from a refusal's code to what HTTP and the Model Context Protocol say of it. A test finds a code that is missing.
/// </summary>
internal static class RefusalCatalogue
{
    private const string Later = "Try again after a moment.";
    private const string TellPerson = "Stop, and tell a person who looks after the board.";
    private const string TakeAnother = "Take another task.";

    public static RefusalRow Of(RefusalCode code) => Find(code)
        ?? new RefusalRow(500, "Not specified", TellPerson);

    /// <summary>Null for a code that nobody has put here.</summary>
    public static RefusalRow? Find(RefusalCode code) => code switch
    {
        RefusalCode.InvalidArgument => new(400, "Wrong arguments", "Correct the arguments as the message says, and ask again."),
        RefusalCode.TaskNotFound => new(404, "No such task", "Look for the id among the tasks."),
        RefusalCode.TopicNotFound => new(404, "No such topic", "List the topics."),
        RefusalCode.AgentNotFound => new(404, "No such agent", "List the agents, or register this one."),
        RefusalCode.TaskAlreadyDefined => new(409, "Defined already", "Read the task that is there, or choose another id."),
        RefusalCode.TaskAlreadyAssigned => new(409, "Assigned already", TakeAnother),
        RefusalCode.BatchRefused => new(409, "Refused with its batch", "Ask without the part that was refused."),
        RefusalCode.FileLocked => new(409, "File taken", "Work on other files, or wait until the lease ends."),
        RefusalCode.NotOwner => new(409, "Somebody else's", TakeAnother),
        RefusalCode.NotPermitted => new(403, "Not permitted", "Leave it to somebody who may."),
        RefusalCode.UntrustedStore => new(403, "Another user's store", TellPerson),
        RefusalCode.LeaseLost => new(412, "Claim lost", "Stop work on it: it may be another's now. Take another task."),
        RefusalCode.VersionChanged => new(412, "Changed meanwhile", "Read it again, and decide on what is there now."),
        RefusalCode.LockTimeout => new(503, "Lock not free in time", Later),
        RefusalCode.WaitTimeout => new(503, "Did not come about in time", Later),
        RefusalCode.LockRecursion => new(422, "Held by this session", "Let go of what is held first."),
        RefusalCode.LockOrder => new(422, "Out of order", "Let go of what is held first."),
        RefusalCode.TaskNotReady => new(422, "Not ready", "Do what it depends on first, or take another task."),
        RefusalCode.DependencyFailed => new(422, "A dependency failed", "Ask for the root cause to be retried, or take another task."),
        RefusalCode.DependencyCycle => new(422, "Circle of dependencies", "Leave one of the dependencies of the circle out."),
        RefusalCode.TaskHasDependents => new(422, "Others depend on it", "Look at what depends on it first."),
        RefusalCode.AgentHasTasks => new(422, "The agent has tasks", "Finish or give back its tasks first."),
        RefusalCode.StatusConflict => new(422, "Not in this status", "Read the task; the message says which status allows it."),
        RefusalCode.RequestIdReused => new(409, "Another request's id", "Give this request an id of its own."),
        RefusalCode.EventsLost => new(412, "Not kept any more", "Read the board anew, and go on from its version."),
        RefusalCode.StateCorrupt => new(500, "Store damaged", TellPerson),
        RefusalCode.CommitUncertain => new(500, "Unsure whether it lasts", "Read the task before anything else: it may have been done."),
        RefusalCode.LockingUnsupported => new(503, "Locking cannot be relied on", TellPerson),
        RefusalCode.StoreUnavailable => new(503, "Store unavailable", Later),
        RefusalCode.DocumentNotPublished => new(503, "Document not published", TellPerson),
        RefusalCode.DiskFull => new(507, "Disk full", TellPerson),
        RefusalCode.AccessDenied => new(503, "Access denied", TellPerson),
        RefusalCode.UnsafeFile => new(503, "Unsafe file", TellPerson),
        RefusalCode.SeparateStore => new(503, "Separate store", TellPerson),
        RefusalCode.ReadOnlyFileSystem => new(503, "Read-only file system", TellPerson),
        RefusalCode.PathNotFound => new(503, "Path not found", TellPerson),
        _ => null,
    };
}
