namespace TaskLocking;

/// <summary>Why a worker takes no more tasks.</summary>
public enum WorkEnd
{
    /// <summary>None of the tasks can become ready without a person.</summary>
    Empty,

    /// <summary>It has had as many as it was to take.</summary>
    Count,

    /// <summary>There was nothing to do for as long as it was to wait.</summary>
    Idle,
}
