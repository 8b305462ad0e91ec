namespace TaskLocking;

/// <summary>What a phase of the stress protocol does.</summary>
public enum StressStep
{
    /// <summary>The processes are started.</summary>
    Starting,

    /// <summary>They work.</summary>
    Working,

    /// <summary>What they recorded is checked.</summary>
    Checking,

    /// <summary>It is over.</summary>
    Ended,
}
