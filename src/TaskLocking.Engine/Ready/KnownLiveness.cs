using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// Asks about each process once. Made with the rule, which runs before the lock and perhaps again under it: then only processes that
/// came in between are asked about. An old "lives" is harmless, the next request sees the end; "gone" is for ever.
/// </summary>
internal sealed class KnownLiveness(ILiveness liveness) : ILiveness, IProcessKin
{
    // Boxed: a dictionary of a structure would have to be compiled in a cold process.
    private readonly Dictionary<string, object?> _known = new(StringComparer.Ordinal);

    private ILiveness? _now;

    /// <summary>To be called before many are asked about: what can be known of all of them at once is then asked once.</summary>
    public void Look() => _now ??= liveness is IProcessWatch watch ? watch.Look() : liveness;

    public bool? IsAlive(string? host, int? pid, string? processStart)
    {
        if (host is null || pid is null)
            return null;
        var key = LeaseProcess.KeyOf(host, pid, processStart);
        if (!_known.TryGetValue(key, out var known))
            _known.Add(key, known = (_now ?? liveness).IsAlive(host, pid, processStart));
        return (bool?)known;
    }

    /// <summary>The moment of the look, where many processes are known of it.</summary>
    public IProcessMoment? Moment => _now as IProcessMoment;

    public bool IsBelow(int pid, int ancestor, string start) =>
        liveness is IProcessKin kin ? kin.IsBelow(pid, ancestor, start) : pid == ancestor;

    public bool IsOfEarlierBoot(string host, string start, DateTimeOffset since) =>
        liveness is IProcessKin kin && kin.IsOfEarlierBoot(host, start, since);
}
