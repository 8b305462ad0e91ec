using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// A process by which claims are judged, and those claims by their expiry, which counts where nobody can tell of the process.
/// </summary>
internal sealed class LeaseProcess(string host, int? pid, string? start)
{
    private readonly SortedSet<TaskNode> _nodes = new(TimeOrder.ByExpiry);
    private IProcessMoment? _lived; // At which it was seen to live: as long as all live that did, that is the moment of every look.

    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>The key of the process of a claim; null where time alone judges.</summary>
    public static string? KeyOf(TaskClaim claim) => claim.Host is null || (claim.Pid is null && claim.ProcessStart is null) ? null
        : KeyOf(claim.Host, claim.Pid, claim.ProcessStart);

    /// <summary>The same of one that is told.</summary>
    public static string KeyOf(string host, int? pid, string? start) => host + "\n" + pid + "\n" + start;

    public void Add(TaskNode node) => _nodes.Add(node);

    public void Remove(TaskNode node) => _nodes.Remove(node);

    /// <summary>Adds the claims that do not hold any more; the process is asked about once.</summary>
    public void AddDue(ICollection<TaskNode> due, DateTimeOffset now, ILiveness liveness)
    {
        var moment = (liveness as KnownLiveness)?.Moment;
        if (moment is not null && (ReferenceEquals(_lived, moment) || moment.Lives(host, pid, start)))
        {
            _lived = moment;
            return;
        }
        var isAlive = liveness.IsAlive(host, pid, start);
        if (isAlive == true)
            return;
        // Only of this machine's earlier boots does it matter since when each claim is held.
        var mayBeOfEarlierBoot = isAlive is null && start is not null && liveness is IProcessKin kin
            && kin.IsOfEarlierBoot(host, start, DateTimeOffset.MinValue);
        foreach (var node in _nodes)
        {
            if (isAlive == false || LeaseTerm.End(node.Task!.Claim!, now, liveness) is not null)
                due.Add(node);
            else if (!mayBeOfEarlierBoot)
                return;
        }
    }
}
