using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Proof;

/// <summary>
/// Makes, one after the other, the faults that a machine can make: every second one kills a worker, and every second kill leaves half a
/// line at the journal's end, as a write does that a crash cuts off.
/// </summary>
internal sealed class MachineFaults(WorkerCrew crew, StressStore store, Random random, CancellationToken cancellationToken)
{
    private static readonly LockOptions Patience = new() { Timeout = TimeSpan.FromSeconds(60) };
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private readonly SortedDictionary<string, int> _made = new(StringComparer.Ordinal);
    private int _number;

    public IReadOnlyList<FaultCount> Made => _made.Select(made => new FaultCount(made.Key, made.Value)).ToList();

    /// <summary>Makes the next one.</summary>
    public void Next()
    {
        var number = _number++;
        if (number % 2 == 0)
        {
            if (crew.Replace(random) is not null && number % 4 == 0)
                Locked("torn_tail", Tear);
            return;
        }
        // A damaged document is nothing that another tool could rewrite, so that comes last.
        switch (number / 2 % 4)
        {
            case 0:
                Locked("foreign_rewrite", () => store.Rewrite(rewritesAll: false));
                break;
            case 1:
                Locked("foreign_rewrite", () => store.Rewrite(rewritesAll: true));
                break;
            case 2:
                // The next fault waits until the pause is over: nobody who pauses another is killed over it.
                if (LibC.IsUnix && crew.Pause(random, LongestPause))
                {
                    Count("stopped_process");
                    cancellationToken.WaitHandle.WaitOne(LongestPause + LongestPause);
                }
                break;
            default:
                Locked("damaged_document", () => store.Damage(random));
                break;
        }
    }

    private void Locked(string name, Func<bool> make)
    {
        using var held = ExclusiveLock.Acquire(store.Paths.StateLock, Patience, cancellationToken);
        if (make())
            Count(name);
    }

    private void Count(string name) => _made[name] = _made.TryGetValue(name, out var count) ? count + 1 : 1;

    // The journal that is appended to is the first one without a seal; a later one beside it is being prepared.
    private bool Tear()
    {
        if (!Directory.Exists(store.Paths.Journals))
            return false;
        foreach (var path in Directory.GetFiles(store.Paths.Journals, "*.jsonl").OrderBy(path => path, StringComparer.Ordinal))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (IsSealed(file))
                continue;
            var half = Encoding.UTF8.GetBytes("{\"v\":" + random.Next(1, 100_000)
                + ",\"t\":\"2031-01-01T00:00:00.000Z\",\"by\":\"torn\",\"op\":[{\"id\":\"hot-0\",");
            file.Seek(0, SeekOrigin.End);
            file.Write(half, 0, random.Next(1, half.Length));
            return true;
        }
        return false;
    }

    private static bool IsSealed(FileStream file)
    {
        const int LongestSeal = 512;
        file.Seek(-Math.Min(LongestSeal, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8, false, LongestSeal, leaveOpen: true);
        var lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
        return lines[lines.Length - 1].StartsWith("{\"seal\":", StringComparison.Ordinal);
    }
}
