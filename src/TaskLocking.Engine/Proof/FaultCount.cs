namespace TaskLocking.Proof;

/// <summary>How often the stress protocol made a fault.</summary>
/// <param name="Name">Which: "torn_tail", "foreign_rewrite", "damaged_document", "stopped_process".</param>
/// <param name="Count">How often.</param>
public sealed record FaultCount(string Name, int Count);
