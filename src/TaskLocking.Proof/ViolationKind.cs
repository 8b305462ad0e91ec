namespace TaskLocking;

/// <summary>The promises that the stress protocol checks.</summary>
public enum ViolationKind
{
    /// <summary>No order of the operations on a task explains their answers.</summary>
    NotLinearizable,

    /// <summary>A change that was acknowledged is not in the store.</summary>
    Lost,

    /// <summary>A change was made twice, or two were given what only one can have.</summary>
    Doubled,

    /// <summary>A change that was refused is in the store.</summary>
    RefusedButDone,

    /// <summary>A batch was done in part.</summary>
    Torn,

    /// <summary>A fencing token did not grow.</summary>
    TokenNotGrowing,

    /// <summary>Two topics have one number, or a number is missing.</summary>
    Collision,

    /// <summary>An answer that no rule allows: a fault, a hang, a refusal that tells of damage.</summary>
    Unexpected,
}
