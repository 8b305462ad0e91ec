namespace TaskLocking;

/// <summary>How topics are to be made.</summary>
public sealed record TopicRequest
{
    /// <summary>
    /// Give the topic of exactly the cleaned name if there is one: here (the lowest number), in another working tree, on another branch, or
    /// reserved. A name that lost letters of other scripts is new each time.
    /// </summary>
    public bool Reuse { get; init; }

    /// <summary>How far a number is made sure of. Outside of a repository of git it is the root's own.</summary>
    public TopicReserve Reserve { get; init; }

    /// <summary>The remote to reserve at; null: the only one, <c>checkout.defaultRemote</c>, or <c>origin</c>.</summary>
    public string? Remote { get; init; }

    /// <summary>Refuse, and use no number, where less is known than was asked for; else it is told.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether a remote's branches are fetched before a number is reserved there; for 10 s at most.</summary>
    public bool Fetch { get; init; } = true;

    /// <summary>Waiting for a lock; null: 10 s.</summary>
    public LockOptions? Wait { get; init; }
}
