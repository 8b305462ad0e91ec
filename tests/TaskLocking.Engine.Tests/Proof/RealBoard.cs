using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Proof;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Proof;

/// <summary>
/// Threads that work on one real store, each with a log as a worker process would write it; one that "dies" lets go of nothing.
/// </summary>
internal sealed class RealBoard : IDisposable
{
    private readonly TempWorkspace _workspace = new(inMemory: true);
    private readonly ConcurrentDictionary<int, bool> _dead = new();
    private readonly ConcurrentDictionary<string, long> _deaths = new(StringComparer.Ordinal);
    private int _workers;

    public IReadOnlyDictionary<string, long> Deaths => _deaths;

    public TaskBoard Open() =>
        TaskBoard.Open(_workspace.Path,
            new TaskBoardOptions { Liveness = new FakeLiveness(pid => !_dead.ContainsKey(pid)), Durability = Durability.Relaxed });

    public IReadOnlyList<Operation> Operations() => OperationLogReader.ReadAll(Directory.EnumerateFiles(_workspace.Path, "*.ops"));

    public void Work(int seed, int operations)
    {
        var random = new Random(seed);
        using var board = Open();
        while (operations > 0)
        {
            var pid = Interlocked.Increment(ref _workers);
            using (var log = new OperationLog(_workspace.In($"w{pid}.ops"), $"w{pid}"))
            {
                var worker = new RealWorker(board, log, new LeaseHolder($"agent-{seed}") { Host = "here", Pid = pid, ProcessStart = "1" },
                    random);
                for (var left = random.Next(4, 20); left > 0 && operations > 0; left--, operations--)
                    worker.One();
            }
            // Known to have died only after it did.
            _deaths[$"w{pid}"] = Stopwatch.GetTimestamp();
            _dead[pid] = true;
        }
    }

    public void Dispose() => _workspace.Dispose();
}
