namespace TaskLocking.PostgreSql;

/// <summary>What a fault says about the statement that met it.</summary>
internal enum SqlFaultKind
{
    /// <summary>It was not executed, and may be another time.</summary>
    NotYet,

    /// <summary>The lock of the board was not free within the time.</summary>
    Busy,

    /// <summary>It may have been executed, or may be yet: the identical one is to be sent again.</summary>
    Unknown,

    /// <summary>It was not executed, and will not be before somebody does something about it.</summary>
    Refused,
}
