namespace TaskLocking;

/// <summary>How often the stress protocol made a fault.</summary>
public sealed record FaultCount(string Name, int Count) : ValueObject
{
    /// <summary>Which: "torn_tail", "foreign_rewrite", "damaged_document", "stopped_process".</summary>
    public string Name { get; } = Name;

    /// <summary>How often.</summary>
    public int Count { get; } = Count;
}
