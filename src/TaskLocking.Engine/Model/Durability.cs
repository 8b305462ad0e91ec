namespace TaskLocking;

/// <summary>What an answer stands for.</summary>
public enum Durability
{
    /// <summary>The change is on the disk: it survives a kill and a power loss.</summary>
    Full,

    /// <summary>The change survives a kill, not a power loss of the last moments.</summary>
    Relaxed,
}
