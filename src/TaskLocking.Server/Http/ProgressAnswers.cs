using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// How far swarms are, as the bytes of the command: counted once for all who ask while nothing is committed. What time alone changes, as a
/// claim that runs out, is seen a moment later.
/// </summary>
internal sealed class ProgressAnswers(TaskBoard board, TimeProvider clock)
{
    private const int MostKept = 64;

    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Version, long At, ReadOnlyMemory<byte> Json)> _kept = new(StringComparer.Ordinal);

    /// <summary>The version and the answer; null where no task is of the swarm.</summary>
    public (long Version, ReadOnlyMemory<byte> Json)? Of(string swarm)
    {
        var version = board.GetVersion();
        lock (_gate)
        {
            if (_kept.TryGetValue(swarm, out var kept) && kept.Version == version && clock.GetElapsedTime(kept.At) < Fresh)
                return (version, kept.Json);
            var at = clock.GetTimestamp();
            var progress = board.GetProgress(swarm);
            if (progress.Total == 0 && !board.GetTasks(new TaskQuery { Swarm = swarm }).Any())
                return null;
            var json = JsonText.Line(writer => ProgressJson.Write(writer, progress));
            if (_kept.Count >= MostKept && !_kept.ContainsKey(swarm))
                _kept.Clear();
            _kept[swarm] = (version, at, json);
            return (version, json);
        }
    }
}
