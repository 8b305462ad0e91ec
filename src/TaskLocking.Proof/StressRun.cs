using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Proof;

namespace TaskLocking;

/// <summary>
/// The stress protocol: real processes fight for tasks and topic numbers, are killed at random, and meet damaged files or cut connections;
/// all that they were answered is then held against each other and against the store. It works in a scratch folder,
/// <c>.tasklocking-stress-…</c>, beside the store and so on its mount, and leaves that only when something failed.
/// </summary>
public static class StressRun
{
    /// <summary>Runs the phases one after the other; the first in which a promise is broken is the last.</summary>
    /// <param name="workspace">The canonical full path; its own store is not touched.</param>
    /// <param name="options">How much; checked first.</param>
    /// <param name="worker">Makes the start of a process that gives these arguments, as they are, to a <c>Run</c> of
    /// <see cref="StressWorker"/>. Each face has one.</param>
    /// <param name="progress">Told some times a second, on the thread of the caller; may be null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a size out of its range; StoreUnavailable when a worker does
    /// not start; what the system said when the scratch folder cannot be made.</exception>
    /// <exception cref="OperationCanceledException">It was ended early: the workers are killed, the scratch folder is removed.</exception>
    public static StressReport Run(string workspace, StressOptions options, Func<IReadOnlyList<string>, ProcessStartInfo> worker,
        IProgress<StressProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var mount = MountInfo.Of(workspace);
        return Run(workspace, null, options, worker, progress, cancellationToken) with { Mount = mount.Point, FileSystem = mount.Type };
    }

    /// <summary>
    /// The same with boards in a database, and without topics, which are folders. What the workers write down is in a folder for temporary
    /// files; what befalls the boards beside kills is that connections are cut.
    /// </summary>
    /// <param name="database">Where.</param>
    /// <param name="options">How much; checked first.</param>
    /// <param name="worker">As for a folder; what it starts opens boards of this database.</param>
    /// <param name="progress">Told some times a second, on the thread of the caller; may be null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="TaskLockingException">InvalidArgument, also for the phase of topics; StoreUnavailable when a worker does not start,
    /// and what the server or the system said.</exception>
    /// <exception cref="OperationCanceledException">It was ended early: the workers are killed, the scratch folder is removed.</exception>
    public static StressReport RunIn(StressDatabase database, StressOptions options, Func<IReadOnlyList<string>, ProcessStartInfo> worker,
        IProgress<StressProgress>? progress, CancellationToken cancellationToken)
    {
        StressReport? report = null;
        try
        {
            return report = Run(Path.GetTempPath(), database, InDatabase(options, database), worker, progress, cancellationToken);
        }
        finally
        {
            if (report?.ScratchAddress is null)
                database.Remove?.Invoke();
        }
    }

    private static StressOptions InDatabase(StressOptions options, StressDatabase database) =>
        options.Phases.SequenceEqual(StressOptions.AllPhases) ? options with { Phases = StressOptions.DatabasePhases }
        : !options.Phases.Contains(StressPhase.Topics) ? options
        : throw new TaskLockingException(RefusalCode.InvalidArgument, $"Topics are folders, and '{database.Name}' has none. Name the "
            + "phases define, assign and mixed, or a folder as workspace.");

    private static StressReport Run(string workspace, StressDatabase? database, StressOptions options,
        Func<IReadOnlyList<string>, ProcessStartInfo> worker, IProgress<StressProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        var elapsed = Stopwatch.StartNew();
        var seed = options.Seed ?? new Random().Next();
        var asked = options.Phases.Distinct().OrderBy(phase => phase).ToList();
        var reports = new SortedDictionary<StressPhase, StressPhaseReport>();
        var begun = 0;
        using var scratch = new StressScratch(workspace);
        for (var failed = false; !failed && (begun < asked.Count || elapsed.Elapsed < options.Soak); begun++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var phase = asked[begun % asked.Count];
            var round = begun / asked.Count + 1;
            var name = round == 1 ? phase.ToString() : FormattableString.Invariant($"{phase}-{round}");
            var folder = scratch.Folder(name);
            IStressGround ground = database is null ? new StressStore(folder) : new DatabaseGround(database, name, folder);
            var report = new PhaseRun(phase, folder, ground, options, unchecked((seed * 31) + begun), round, worker, progress,
                cancellationToken).Run();
            reports[phase] = reports.TryGetValue(phase, out var earlier) ? earlier.With(report) : report;
            failed = report is not { Ended: true, Violations.Count: 0 };
            if (!failed && !options.KeepScratch)
                scratch.Remove(name);
        }
        var whole = new StressReport(database?.Name ?? workspace, seed, reports.Values.ToList(), reports.Count == asked.Count,
            elapsed.Elapsed)
        {
            Rounds = (begun + asked.Count - 1) / asked.Count,
        };
        scratch.IsKept = options.KeepScratch || !whole.Passed;
        return scratch.IsKept ? whole with { Scratch = scratch.Path, ScratchAddress = database?.AddressOf(reports.Last().Key.ToString()) }
            : whole;
    }
}
