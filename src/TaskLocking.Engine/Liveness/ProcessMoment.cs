using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Liveness;

/// <summary>The processes of this host at one moment: of those that are watched it is known who lives; others are asked about.</summary>
internal sealed class ProcessMoment(HashSet<string> living, ILiveness others) : IProcessMoment
{
    private static ProcessMoment? _last;

    /// <summary>The moment at which these live; the last one, if that was so of the same set.</summary>
    public static ProcessMoment Of(HashSet<string> living, ILiveness others)
    {
        var last = _last;
        return last is not null && last.Is(living, others) ? last : _last = new ProcessMoment(living, others);
    }

    public bool Lives(string? host, int? pid, string? processStart) =>
        host is not null && pid is { } number && processStart is not null && LinuxProcess.IsAmong(living, number, processStart);

    public bool? IsAlive(string? host, int? pid, string? processStart) =>
        Lives(host, pid, processStart) ? true : others.IsAlive(host, pid, processStart);

    private bool Is(HashSet<string> set, ILiveness rest) => ReferenceEquals(living, set) && ReferenceEquals(others, rest);
}
