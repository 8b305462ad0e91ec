namespace TaskLocking.PostgreSql;

/// <summary>What a caller asks a relay for.</summary>
internal enum RelayVerb : byte
{
    /// <summary>The way is about the board of this address.</summary>
    Hello,

    /// <summary>The board as it begins.</summary>
    Begin,

    /// <summary>What came since a line.</summary>
    Follow,

    /// <summary>Commit lines.</summary>
    Commit,

    /// <summary>See to it that a line lasts.</summary>
    MakeSure,

    /// <summary>Wait until there is something newer.</summary>
    Wait,
}
