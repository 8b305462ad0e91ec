namespace TaskLocking.Ready;

/// <summary>Who has claims, and by which process they are judged: one object for all of them.</summary>
/// <param name="agent">The name of the agent.</param>
/// <param name="host">The host of the process.</param>
/// <param name="pid">The process, if it is told.</param>
/// <param name="start">Its start, if it is told.</param>
internal sealed class ClaimHolder(string agent, string host, int? pid, string? start)
{
    public string Agent => agent;

    /// <summary>By which the process is known.</summary>
    public string Process { get; } = LeaseProcess.KeyOf(host, pid, start);

    public LeaseProcess NewProcess() => new(host, pid, start);
}
