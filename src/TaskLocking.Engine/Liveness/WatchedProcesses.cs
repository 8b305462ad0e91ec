using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Locking;

namespace TaskLocking.Liveness;

/// <summary>
/// Processes of this host that are asked about again and again: one descriptor each, kept open, tells whether its process has ended, for a
/// fraction of what it costs to read about it. The start is compared once, when the descriptor is opened. Who asks once, as a short
/// command does, opens none. For several threads.
/// </summary>
internal static class WatchedProcesses
{
    // Each takes one of the descriptors that a process may have; who is not among them is read about.
    private const int Most = 128;

    private static readonly Dictionary<string, Watched> Known = new(StringComparer.Ordinal);

    // Those that have a descriptor, as long as they are the same.
    private static KeyValuePair<string, Watched>[]? _asked;
    private static int[]? _descriptors;
    private static HashSet<string>? _living;

    /// <summary>Whether the process lives; null if it is not watched.</summary>
    public static bool? IsAlive(int pid, string start)
    {
        lock (Known)
        {
            var key = KeyOf(pid, start);
            if (!Known.TryGetValue(key, out var watched) || watched.Descriptor < 0)
                return null;
            watched.IsAsked = true;
            if (!LibCProcess.HasEnded(watched.Descriptor))
                return true;
            Forget(key, watched);
            return false;
        }
    }

    /// <summary>
    /// Those that live at this moment, asked of the system once; null where there are too few for that to be worth it. The same set as
    /// before as long as it has the same members; nobody changes one that was given.
    /// </summary>
    public static HashSet<string>? Look()
    {
        lock (Known)
        {
            var asked = _asked ??= [.. Known.Where(each => each.Value.Descriptor >= 0)];
            if (asked.Length < 2)
                return null;
            var haveEnded = new bool[asked.Length];
            LibCProcess.Look(_descriptors ??= [.. asked.Select(each => each.Value.Descriptor)], haveEnded);
            for (var i = 0; i < haveEnded.Length; i++)
            {
                if (haveEnded[i])
                    Forget(asked[i].Key, asked[i].Value);
            }
            if (_asked is null)
                _living = [.. asked.Where((_, i) => !haveEnded[i]).Select(each => each.Key)];
            return _living ??= [.. asked.Select(each => each.Key)];
        }
    }

    /// <summary>By what a process is known here.</summary>
    public static string KeyOf(int pid, string start) => pid.ToString(CultureInfo.InvariantCulture) + " " + start;

    /// <summary>Tells that the process was just seen to live. From the second time on it is watched.</summary>
    /// <param name="pid">As this process knows it.</param>
    /// <param name="start">Its start.</param>
    /// <param name="startNow">Reads the start of the process of this pid.</param>
    public static void Saw(int pid, string start, Func<int, string?> startNow)
    {
        lock (Known)
        {
            var key = KeyOf(pid, start);
            if (!Known.TryGetValue(key, out var watched))
            {
                if (HasRoom())
                    Known.Add(key, new Watched());
                return;
            }
            if (watched.Descriptor >= 0 || LibCProcess.Open(pid) is not (>= 0 and var descriptor))
                return;
            watched.Descriptor = descriptor;
            watched.IsAsked = true;
            Renew();
            // Between the look and the opening it may have ended, and its pid be another's; whoever lives now was that one all the time.
            if (startNow(pid) != start || LibCProcess.HasEnded(descriptor))
                Forget(key, watched);
        }
    }

    private static bool HasRoom()
    {
        if (Known.Count < Most)
            return true;
        foreach (var each in Known.ToList())
        {
            if (!each.Value.IsAsked)
                Forget(each.Key, each.Value);
            each.Value.IsAsked = false;
        }
        return Known.Count < Most;
    }

    private static void Forget(string key, Watched watched)
    {
        Known.Remove(key);
        if (watched.Descriptor < 0)
            return;
        LibC.Close(watched.Descriptor);
        Renew();
    }

    private static void Renew() => (_asked, _descriptors, _living) = (null, null, null);

    private sealed class Watched
    {
        /// <summary>Negative as long as it was asked about once only.</summary>
        public int Descriptor { get; set; } = -1;

        /// <summary>Since it was last looked for room.</summary>
        public bool IsAsked { get; set; }
    }
}
