namespace TaskLocking.Model;

/// <summary>What can happen to a task; <see cref="TaskLife"/> tells from where and to where.</summary>
internal enum TaskMove
{
    /// <summary>An agent gets a claim on it.</summary>
    Claim,

    /// <summary>Work begins.</summary>
    Start,

    /// <summary>Work is finished, and nobody has to look at it.</summary>
    Complete,

    /// <summary>Work is finished, and a person shall look at it.</summary>
    Submit,

    /// <summary>A person found it good.</summary>
    Approve,

    /// <summary>Somebody found it not good enough.</summary>
    Reject,

    /// <summary>The attempt failed, and there is another.</summary>
    Retry,

    /// <summary>The last attempt failed.</summary>
    Fail,

    /// <summary>The claim ended without a word, or was taken away.</summary>
    Return,

    /// <summary>The claim ended without a word once too often.</summary>
    GiveUp,

    /// <summary>A dependency failed.</summary>
    Block,

    /// <summary>No dependency fails any more.</summary>
    Unblock,

    /// <summary>Back into the queue by hand.</summary>
    Restart,

    /// <summary>Back into the queue by hand, whatever goes on.</summary>
    ForcedRestart,
}
