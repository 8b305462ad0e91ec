namespace TaskLocking.PostgreSql;

/// <summary>What a relay answers. It knows no refusal: whoever has to hear one asks the server himself.</summary>
internal enum RelayReply : byte
{
    /// <summary>Nothing was asked of the server, or nothing became of it: ask the server.</summary>
    AskServer,

    /// <summary>Here it is; of what is asked with yes or no: yes.</summary>
    Here,

    /// <summary>No, or not yet; of a commit: the lock of the board was not free, and nothing was written.</summary>
    No,

    /// <summary>The commit was sent, and nobody knows what became of it: send the identical one to the server.</summary>
    Unknown,
}
