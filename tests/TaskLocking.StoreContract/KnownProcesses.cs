using System.Collections.Concurrent;

namespace TaskLocking.StoreContract;

/// <summary>
/// The processes that leases of a test name: on a host of its own all live until they are killed; others are the system's to judge.
/// </summary>
public sealed class KnownProcesses : ILiveness
{
    /// <summary>The host of the processes that are told here.</summary>
    public const string Host = "here";

    private readonly ConcurrentDictionary<int, bool> _killed = new();

    /// <summary>From now on the process is gone.</summary>
    public void Kill(int pid) => _killed[pid] = true;

    /// <inheritdoc/>
    public bool? IsAlive(string? host, int? pid, string? processStart) =>
        host == Host && pid is { } number ? !_killed.ContainsKey(number) : ProcessLiveness.OfThisHost.IsAlive(host, pid, processStart);

    /// <summary>An agent whose work is done by a process of that host.</summary>
    public static LeaseHolder Holder(string agent, int pid) => new(agent) { Host = Host, Pid = pid, ProcessStart = "start" };
}
