using System;

namespace TaskLocking.Leases;

/// <summary>Asks this host's own system.</summary>
public sealed class ProcessLiveness : ILiveness
{
    /// <summary>The host that this process runs on.</summary>
    public static ProcessLiveness OfThisHost { get; } = new();

    /// <inheritdoc/>
    public bool? IsAlive(string? host, int? pid, string? processStart) => throw new NotSupportedException();

    /// <summary>When a process of this host started, in the system's own words; null if there is no such process.</summary>
    public static string? StartOf(int pid) => throw new NotSupportedException();
}
