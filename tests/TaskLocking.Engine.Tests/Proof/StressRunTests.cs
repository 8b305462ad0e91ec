using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Proof;

[Collection(ProcessTests.Name)]
public sealed class StressRunTests
{
    private static readonly StressOptions Small = new()
    {
        Processes = 3,
        Tasks = 4,
        Rounds = 3,
        MixedTime = TimeSpan.FromSeconds(1),
        TopicIterations = 3,
        TopicProcesses = 3
    };

    [Fact]
    public void A_run_tells_what_was_asked_and_what_came_of_it()
    {
        using var place = new TempWorkspace();
        var told = new List<StressProgress>();
        var report = StressRun.Run(place.Path, Small with { Seed = 7 }, Start, new Told(told), TestContext.Current.CancellationToken);
        Assert.True(report.Passed, string.Join('\n', report.Violations));
        Assert.Equal(7, report.Seed);
        Assert.Equal(StressOptions.AllPhases, report.Phases.Select(phase => phase.Phase));
        Assert.Equal(100, report.Reliability.Percent);
        Assert.Null(report.Scratch);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Path));
        var define = report.Phases[0];
        // Of each equal id one define is done and the others are refused.
        Assert.Equal((18, 18, 6), (define.Operations, define.Answered, define.RefusedTotal));
        Assert.Equal([new RefusalCount(RefusalCode.TaskAlreadyDefined, 6)], define.Refused);
        Assert.Equal(18, define.Latency.Count);
        Assert.Equal((9, 0), (report.Phases[3].Operations, report.Phases[3].RefusedTotal));
        Assert.Equal(report.Phases.Sum(phase => phase.Operations), report.Operations);
        foreach (var phase in StressOptions.AllPhases)
        {
            var steps = told.Where(progress => progress.Phase == phase).ToList();
            Assert.Equal(StressStep.Starting, steps[0].Step);
            Assert.Equal(StressStep.Ended, steps[^1].Step);
            Assert.NotNull(Assert.Single(steps, progress => progress.Report is not null).Report);
            Assert.All(steps, progress => Assert.InRange(progress.Share, 0, 1));
        }
    }

    [Fact]
    public void Named_phases_run_once_each_and_in_their_order()
    {
        using var place = new TempWorkspace();
        var options = Small with { Phases = [StressPhase.Topics, StressPhase.Define, StressPhase.Topics], KeepScratch = true };
        var report = StressRun.Run(place.Path, options, Start, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([StressPhase.Define, StressPhase.Topics], report.Phases.Select(phase => phase.Phase));
        Assert.True(report.Passed);
        Assert.True(Directory.Exists(report.Scratch));
    }

    [Fact]
    public void A_worker_that_ends_badly_breaks_the_run_off_and_leaves_the_folder()
    {
        using var place = new TempWorkspace();
        var report = StressRun.Run(place.Path, Small, _ => new ProcessStartInfo(Worker.Executable, ["no-such-command"]),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(report.Passed);
        Assert.False(report.IsComplete);
        var phase = Assert.Single(report.Phases);
        Assert.False(phase.Ended);
        Assert.Contains(phase.Violations, violation => violation.Kind == ViolationKind.Unexpected);
        Assert.True(report.Reliability.Percent < 100);
        Assert.True(Directory.Exists(report.Scratch));
    }

    [Fact]
    public void A_worker_that_does_not_start_is_a_refusal()
    {
        using var place = new TempWorkspace();
        var refused = Assert.Throws<TaskLockingException>(() => StressRun.Run(place.Path, Small,
            _ => new ProcessStartInfo("/no/such/program")));
        Assert.Equal(RefusalCode.StoreUnavailable, refused.Refusal.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Path));
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing()
    {
        using var place = new TempWorkspace();
        using var cancel = new CancellationTokenSource();
        var told = new List<StressProgress>();
        var watch = new Told(told, progress =>
        {
            if (progress is { Step: StressStep.Working, Operations: > 0 })
                cancel.Cancel();
        });
        var options = Small with { Phases = [StressPhase.Mixed], MixedTime = TimeSpan.FromHours(1) };
        Assert.ThrowsAny<OperationCanceledException>(() => StressRun.Run(place.Path, options, Start, watch, cancel.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Path));
    }

    private static ProcessStartInfo Start(IReadOnlyList<string> arguments) => new(Worker.Executable, ["protocol-worker", .. arguments]);

    private sealed class Told(List<StressProgress> told, Action<StressProgress>? then = null) : IProgress<StressProgress>
    {
        public void Report(StressProgress value)
        {
            told.Add(value);
            then?.Invoke(value);
        }
    }
}
