namespace TaskLocking.Cli.Completion;

/// <summary>What stands at a place of a command line.</summary>
internal enum ValueKind
{
    /// <summary>Something that nobody can guess.</summary>
    Free,
    Task,
    Agent,
    Swarm,
    Tag,
    Capability,
    Lease,
    Resource,
    Status,
    Priority,
    AssigneeType,
    Overlap,
    ArtifactKind,
    Field,
    Shell,
    Tool,
    Command,
    Event,

    /// <summary>The shell knows them.</summary>
    File,
    Folder,
}
