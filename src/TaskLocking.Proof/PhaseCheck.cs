using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Metrics;

namespace TaskLocking.Proof;

/// <summary>Holds what the workers of a phase recorded against each other and against the store.</summary>
/// <param name="folder">The scratch folder of the phase.</param>
/// <param name="ground">Where the board is.</param>
/// <param name="kills">The workers that were killed, and a time at which each still lived.</param>
internal sealed class PhaseCheck(string folder, IStressGround ground, IReadOnlyDictionary<string, long> kills)
{
    // A server that was ended comes back; one that does not is a finding.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // The marks of all that the board tells of.
    private readonly HashSet<string> _stands = new(StringComparer.Ordinal);

    public static TimeSpan Span(long start, long end) => TimeSpan.FromSeconds(Math.Max(0, end - start) / (double)Stopwatch.Frequency);

    public StressPhaseReport Run(StressPhaseReport report)
    {
        var operations = OperationLogReader.ReadAll(Directory.GetFiles(WorkerOrder.LogsOf(folder), "*.log"));
        var violations = new List<Violation>();
        var answered = new Dictionary<string, Operation>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        var times = new DurationHistogram();
        foreach (var operation in operations)
        {
            all.Add(operation.Mark);
            if (operation.End is not { } end)
                continue;
            if (!answered.TryGetValue(operation.Mark, out var first))
                times.Add(Span(operation.Start, end));
            // A refused batch counts by its reason, not by what fell with it.
            if (first is null || first.Refusal is null or RefusalCode.BatchRefused)
                answered[operation.Mark] = operation.Refusal is null && first is not null ? first : operation;
            if (operation.Refusal is { } code && !IsExpected(operation.Kind, code) && !ground.Explains(code))
                violations.Add(new Violation(ViolationKind.Unexpected, operation.TaskId, $"{operation.Kind} was refused with {code}.",
                    [operation]));
        }
        violations.AddRange(AskStore(operations));
        // Nobody was told; in the end everybody can see it.
        var uncertain = new HashSet<string>(operations.Where(operation => operation.Answer == OperationAnswer.Uncertain)
            .Select(operation => operation.Mark), StringComparer.Ordinal);
        return report with
        {
            Operations = all.Count,
            Answered = answered.Count,
            Refused = answered.Values.Where(operation => operation.Refusal is not null).GroupBy(operation => operation.Refusal!.Value)
                .OrderByDescending(group => group.Count()).Select(group => new RefusalCount(group.Key, group.Count())).ToList(),
            Recoveries = ground.Recoveries,
            Times = times,
            Uncertain = uncertain.Count,
            Standing = uncertain.Count(_stands.Contains),
            Violations = violations,
        };
    }

    private static bool IsExpected(OperationKind kind, RefusalCode code) => kind switch
    {
        OperationKind.Define => code is RefusalCode.TaskAlreadyDefined,
        OperationKind.Assign => code is RefusalCode.TaskAlreadyAssigned or RefusalCode.BatchRefused,
        OperationKind.Unassign => code is RefusalCode.NotOwner or RefusalCode.BatchRefused,
        OperationKind.Start or OperationKind.Complete or OperationKind.GiveBack => code is RefusalCode.LeaseLost,
        _ => false,
    };

    private Violation[] AskStore(IReadOnlyList<Operation> operations)
    {
        var asked = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var board = ground.Open(isOneShot: true);
                board.Sync();
                return [.. ground.Check(board), .. Judge(board, operations)];
            }
            catch (TaskLockingException away) when (ground.Explains(away.Refusal.Code) && asked.Elapsed < Patience)
            {
                Thread.Sleep(Rest);
            }
            catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
            {
                return Unreadable(operations, fault);
            }
        }
    }

    // Whatever was acknowledged is gone with the store.
    private Violation[] Unreadable(IReadOnlyList<Operation> operations, Exception fault)
    {
        var unreadable = new Violation(ViolationKind.Unexpected, ground.Place, "The store cannot be read after the phase: "
            + fault.Message, []);
        var acknowledged = operations.Count(operation => operation is { Answer: OperationAnswer.Done, Kind: not OperationKind.Read });
        return acknowledged == 0 ? [unreadable]
            : [unreadable,
                new Violation(ViolationKind.Lost, ground.Place,
                    FormattableString.Invariant($"Acknowledged changes that cannot be read any more: {acknowledged}."), [])];
    }

    private IReadOnlyList<Violation> Judge(TaskBoard board, IReadOnlyList<Operation> operations)
    {
        var deaths = new Dictionary<string, long>(StringComparer.Ordinal);
        // Who ended by himself lived at least until his last answer.
        foreach (var operation in operations)
            deaths[operation.Worker] = Math.Max(deaths.TryGetValue(operation.Worker, out var known) ? known : 0, operation.End
                ?? operation.Start);
        foreach (var kill in kills)
            deaths[kill.Key] = kill.Value;
        var tasks = FinalTask.All(board);
        _stands.UnionWith(tasks.Values.SelectMany(task => task.History).Select(entry => entry.By ?? ""));
        var asked = new HashSet<string>(operations.Select(operation => operation.TaskId), StringComparer.Ordinal);
        var now = Stopwatch.GetTimestamp();
        var reads = tasks.Values.Where(task => asked.Contains(task.Id)).Select((task, number) => task.AsRead(number + 1, now));
        return [.. new LinearizabilityChecker(deaths).Check([.. operations, .. reads]),
            .. new HistoryAudit(operations, tasks, deaths).Run()];
    }
}
