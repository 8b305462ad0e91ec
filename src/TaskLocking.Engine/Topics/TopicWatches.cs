using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The roots in which this process allocates again and again. A root is watched from the second allocation within ten seconds until
/// twenty after the last one at most, and no more than eight are: the system has few watches for a user, and who allocates now and then
/// needs none. Safe for several threads.
/// </summary>
internal sealed class TopicWatches(Func<string, FolderWatch?> open, Func<string, int> scan)
{
    /// <summary>The most roots at once; the one that was not used for the longest time goes first.</summary>
    public const int Most = 8;

    /// <summary>In milliseconds.</summary>
    public const int Idle = 10_000;

    private readonly List<TopicWatch> _roots = [];
    private Timer? _timer;

    /// <summary>Those of this process.</summary>
    public static TopicWatches Shared { get; } = new(FolderWatch.TryOpen, static root => TopicScan.Highest(root));

    /// <summary>The watch of a root, null at its first use. Call before the root's lock is taken.</summary>
    public TopicWatch? Of(string root)
    {
        var now = Environment.TickCount;
        TopicWatch? watch;
        lock (_roots)
        {
            watch = _roots.Find(each => each.Root == root);
            if (watch is null || now - watch.LastUse > Idle)
            {
                Forget(watch ?? (_roots.Count == Most ? Oldest(now) : null));
                _roots.Add(new TopicWatch(root, open, scan) { LastUse = now });
                return null;
            }
            watch.LastUse = now;
            _timer ??= new Timer(_ => CloseIdle(Environment.TickCount), null, Idle, Idle);
        }
        watch.Open();
        return watch;
    }

    /// <summary>Closes what was not used for <see cref="Idle"/> milliseconds before <paramref name="now"/>.</summary>
    public void CloseIdle(int now)
    {
        lock (_roots)
        {
            for (var index = _roots.Count - 1; index >= 0; index--)
            {
                if (now - _roots[index].LastUse >= Idle)
                    Forget(_roots[index]);
            }
            if (_roots.Count > 0)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private TopicWatch Oldest(int now)
    {
        var oldest = _roots[0];
        foreach (var each in _roots)
        {
            if (now - each.LastUse > now - oldest.LastUse)
                oldest = each;
        }
        return oldest;
    }

    private void Forget(TopicWatch? watch)
    {
        if (watch is null)
            return;
        _roots.Remove(watch);
        watch.Close();
    }
}
