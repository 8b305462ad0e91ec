using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Proof;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// The mixed load of the stress protocol over a board in PostgreSQL: workers fight for the same few tasks, each with a board of its own,
/// write down what they ask and are told, and somebody makes the server fail meanwhile. Then all of it is held against each other and the
/// board, by the same checker that judges a folder.
/// </summary>
internal sealed class Stress(ScratchCluster server, string board, int seed) : IDisposable
{
    private const int Tasks = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("tasklocking-stress-").FullName;
    private int _rounds;

    /// <summary>So many rounds were gone.</summary>
    public int Rounds => Volatile.Read(ref _rounds);

    /// <summary>So many answers said that nobody knows.</summary>
    public int Uncertain { get; private set; }

    /// <summary>So many operations were checked.</summary>
    public int Operations { get; private set; }

    /// <summary>Runs until the faults have been made.</summary>
    public void Run(int workers, Action fail)
    {
        Directory.CreateDirectory(WorkerOrder.LogsOf(_folder));
        using (var first = Open(Order("c0", workers)))
        {
            foreach (var number in Enumerable.Range(0, Tasks))
                first.Define(HotTasks.IdOf(number));
        }
        using var over = new ManualResetEventSlim();
        Crowd.Run(workers + 1, number =>
        {
            if (number == workers)
                return () =>
                {
                    try
                    {
                        fail();
                    }
                    finally
                    {
                        over.Set();
                    }
                };
            var order = Order("w" + number.ToString(CultureInfo.InvariantCulture), number);
            return () =>
            {
                using var work = new MixedWork(order, Open(order));
                for (var round = 0; !over.IsSet; round++)
                {
                    work.Round(round);
                    Interlocked.Increment(ref _rounds);
                }
                work.Finish();
            };
        });
    }

    /// <summary>Waits until so many more rounds were gone: the fault comes in the middle of work.</summary>
    public void Await(int more)
    {
        var until = Rounds + more;
        if (!SpinWait.SpinUntil(() => Rounds >= until, TimeSpan.FromMinutes(2)))
            throw new TimeoutException("nobody goes on");
    }

    /// <summary>What promise was broken.</summary>
    public IReadOnlyList<Violation> Judge()
    {
        var operations = OperationLogReader.ReadAll(Directory.GetFiles(WorkerOrder.LogsOf(_folder), "*.log"));
        Operations = operations.Count;
        Uncertain = operations.Count(operation => operation.Answer == OperationAnswer.Uncertain);
        var lived = operations.GroupBy(operation => operation.Worker, StringComparer.Ordinal)
            .ToDictionary(worker => worker.Key, worker => worker.Max(operation => operation.End ?? operation.Start),
                StringComparer.Ordinal);
        using var reader = PostgresBoard.Open(server.Address(board), _folder);
        var tasks = FinalTask.All(reader);
        var asked = operations.Select(operation => operation.TaskId).ToHashSet(StringComparer.Ordinal);
        var now = System.Diagnostics.Stopwatch.GetTimestamp();
        var reads = tasks.Values.Where(task => asked.Contains(task.Id)).Select((task, number) => task.AsRead(number + 1, now));
        return [.. new LinearizabilityChecker(lived).Check([.. operations, .. reads]),
            .. new HistoryAudit(operations, tasks, lived).Run()];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private WorkerOrder Order(string name, int place) => new(StressPhase.Mixed, _folder, name, place, unchecked(seed + place), Tasks, 0);

    private RecordedBoard Open(WorkerOrder order)
    {
        var own = PostgresBoard.Open(server.Address(board), _folder, new TaskBoardOptions { Session = new LockSession() });
        _ = own.GetTasks().Count;
        return new RecordedBoard(own, new OperationLog(order.LogPath, order.Name), null);
    }
}
