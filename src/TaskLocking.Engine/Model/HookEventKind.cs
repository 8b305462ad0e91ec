namespace TaskLocking;

/// <summary>
/// What a hook is for. A script for it is named like this: <c>failed</c>, <c>review</c>, <c>stuck</c>, <c>swarm-done</c>.
/// </summary>
public enum HookEventKind
{
    /// <summary>A task has failed for good.</summary>
    Failed,

    /// <summary>Work is done and waits for a person to approve it.</summary>
    Review,

    /// <summary>A task will not be done as things stand, whoever asks for work.</summary>
    Stuck,

    /// <summary>Every task of a swarm is done or cancelled, and one at least is done.</summary>
    SwarmDone,
}
