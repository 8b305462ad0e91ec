using System;

namespace TaskLocking.Model;

/// <summary>How processes stand to those of leases: facts from outside that a rule is given, beside <see cref="ILiveness"/>.</summary>
internal interface IProcessKin
{
    /// <summary>Whether a process of this host is that of a lease, or was started below it.</summary>
    /// <param name="pid">Who asks, as this host knows him.</param>
    /// <param name="ancestor">The process of the lease.</param>
    /// <param name="start">When that started, as the lease keeps it.</param>
    bool IsBelow(int pid, int ancestor, string start);

    /// <summary>Whether the machine that the process ran on is this one, and was started anew since.</summary>
    /// <param name="host">The name that it had.</param>
    /// <param name="start">When the process started, as the lease keeps it.</param>
    /// <param name="since">A time at which it ran.</param>
    bool IsOfEarlierBoot(string host, string start, DateTimeOffset since);
}
