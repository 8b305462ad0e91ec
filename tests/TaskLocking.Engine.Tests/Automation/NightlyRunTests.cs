using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Automation;

public sealed class NightlyRunTests : IDisposable
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly TaskBoard _board;

    public NightlyRunTests()
    {
        _board = _place.Open();
        _board.RegisterAgents([new AgentProfile("a"), new AgentProfile("b"), new AgentProfile("c", MaxTasks: 2)]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Two_runs_at_once_give_no_task_twice_and_keep_the_limits_together()
    {
        _board.Define(Enumerable.Range(0, 40).Select(number => new TaskDefinition("T-" + number)).ToList());
        var runs = new ConcurrentBag<AssignmentRun>();
        Crowd.Run(4, _ =>
        {
            var board = TaskBoard.Open(_place.Path, new TaskBoardOptions { Session = new LockSession() });
            return () =>
            {
                using (board)
                    runs.Add(board.RunAssignment(new AssignmentRunRequest { MaxPerAgent = 4, MaxParallel = 9 }, Patient));
            };
        });
        var assigned = runs.SelectMany(run => run.Assigned).ToList();
        Assert.Equal(9, assigned.Count);
        Assert.Equal(9, assigned.Select(each => each.TaskId).Distinct().Count());
        Assert.Equal(assigned.Select(each => each.TaskId + each.Agent).Order(), _board.GetTasks().Where(task => task.Assignee is not null)
            .Select(task => task.Id + task.Assignee!.Name).Order());
        Assert.Equal([4, 3, 2], _board.GetWorkload().Select(load => load.Open));
        Assert.All(runs, run => Assert.Equal(31, run.Skipped.Count));
    }

    [Fact]
    public void A_preview_tells_the_same_and_writes_nothing()
    {
        _board.Define(Enumerable.Range(0, 12).Select(number => new TaskDefinition("T-" + number)).ToList());
        using var hold = _board.Hold(["T-3"], new HoldOptions { Agent = "x" });
        using var other = TaskBoard.Open(_place.Path, new TaskBoardOptions { Session = new LockSession() });
        var journal = Directory.GetFiles(_place.Journals, "*.jsonl").Sum(path => new FileInfo(path).Length);

        var preview = other.RunAssignment(new AssignmentRunRequest { WhatIf = true });
        Assert.True(preview.WhatIf);
        Assert.Equal(journal, Directory.GetFiles(_place.Journals, "*.jsonl").Sum(path => new FileInfo(path).Length));
        Assert.Empty(_board.GetWorkload());

        var run = other.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(preview.Assigned, run.Assigned);
        Assert.Equal(preview.Skipped.Select(skip => skip.TaskId), run.Skipped.Select(skip => skip.TaskId));
        Assert.Equal(10, run.Assigned.Count);
        Assert.Equal("T-3", run.Skipped[0].TaskId);
        Assert.DoesNotContain(run.Assigned, each => each.TaskId == "T-3");
        Assert.Null(_board.FindTask("T-3")!.Assignee);
    }

    [Fact]
    public void The_one_who_holds_a_task_gives_it_away()
    {
        _board.Define([new TaskDefinition("T-1")]);
        using var hold = _board.Hold(["T-1"]);
        Assert.Equal("T-1", Assert.Single(_board.RunAssignment(new AssignmentRunRequest { WhatIf = true }).Assigned).TaskId);
        Assert.Equal("T-1", Assert.Single(_board.RunAssignment(new AssignmentRunRequest()).Assigned).TaskId);
    }

    [Fact]
    public void Maintenance_comes_first_and_what_it_frees_is_given()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.SkipWhen(start is null, "this system does not tell when a process started");
        _board.Define([new TaskDefinition("T-1")]);
        var dead = new LeaseHolder("gone") { Host = ProcessLiveness.HostName, Pid = Environment.ProcessId, ProcessStart = start };
        Assert.NotNull(_board.Request(new TaskRequest(dead with { ProcessStart = start + "0" })).Task);
        _board.LockFiles(new FileLeaseRequest(dead with { ProcessStart = start + "0" }, ["x"]));
        foreach (var whatIf in new[] { true, false })
        {
            var run = _board.RunAssignment(new AssignmentRunRequest { WhatIf = whatIf });
            Assert.Equal([(MaintenanceKind.HolderDied, "T-1"), (MaintenanceKind.FileLeaseEnded, "x")],
                run.Maintenance.Select(item => (item.Kind, item.Subject)));
            Assert.Equal([("T-1", "a")], run.Assigned.Select(each => (each.TaskId, each.Agent)));
        }
        Assert.Empty(_board.GetFileLeases());
        Assert.Equal("agent:a", _board.FindTask("T-1")!.Assignee!.ToString());
        Assert.Empty(_board.RunAssignment(new AssignmentRunRequest()).Maintenance);
    }

    [Fact]
    public void A_held_task_that_needs_maintenance_does_not_stop_the_run()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.SkipWhen(start is null, "this system does not tell when a process started");
        _board.Define([new TaskDefinition("T-1"), new TaskDefinition("T-2")]);
        _board.Request(new TaskRequest(new LeaseHolder("gone")
        {
            Host = ProcessLiveness.HostName,
            Pid = Environment.ProcessId,
            ProcessStart = start + "0"
        }));
        using var hold = _board.Hold(["T-1"]);
        using var other = TaskBoard.Open(_place.Path, new TaskBoardOptions { Session = new LockSession() });
        var run = other.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(["T-2"], run.Assigned.Select(each => each.TaskId));
        Assert.Equal([(MaintenanceKind.PutOff, "T-1")], run.Maintenance.Select(item => (item.Kind, item.Subject)));
        Assert.Empty(run.Skipped);
        Assert.Equal("gone", _board.FindTask("T-1")!.Claim!.Agent);
    }

    [Fact]
    public void Each_assignment_is_one_commit()
    {
        _board.Define([new TaskDefinition("T-1"), new TaskDefinition("T-2")]);
        var wrote = new List<bool>();
        _board.RunAssignment(new AssignmentRunRequest(), new CommitOptions { OnCommitted = report => wrote.Add(report.Wrote) });
        // The last one tells of the run.
        Assert.Equal([false, true, true, false, true], wrote);
    }

    [Fact]
    public void What_was_assigned_before_a_timeout_is_told()
    {
        _board.Define([new TaskDefinition("T-1"), new TaskDefinition("T-2")]);
        ExclusiveLock? inTheWay = null;
        try
        {
            var options = new CommitOptions
            {
                Timeout = TimeSpan.FromSeconds(1),
                OnCommitted = report => inTheWay ??= report.Wrote ? ExclusiveLock.TryAcquire(_place.StateLock, isThreadBound: false) : null,
            };
            var run = _board.RunAssignment(new AssignmentRunRequest(), options);
            Assert.Equal(["T-1"], run.Assigned.Select(each => each.TaskId));
            Assert.Equal(RefusalCode.LockTimeout, run.Stopped!.Code);
            Assert.Null(_board.GetLastRun());
            Assert.Equal(RefusalCode.LockTimeout,
                Assert.Throws<TaskLockingException>(() => _board.RunAssignment(new AssignmentRunRequest(), options)).Refusal.Code);
        }
        finally
        {
            inTheWay?.Dispose();
        }
        Assert.Null(_board.RunAssignment(new AssignmentRunRequest()).Stopped);
        Assert.Equal(1, _board.GetLastRun()!.Assigned);
    }

    [Fact]
    public void A_run_that_was_stopped_tells_why_and_when_one_went_through()
    {
        _board.Define([new TaskDefinition("T-1") { MaxAttempt = 2 }]);
        _board.RunAssignment(new AssignmentRunRequest());
        var went = _board.GetLastRun()!.Succeeded;
        _board.Define([new TaskDefinition("T-2"), new TaskDefinition("T-3")]);
        ExclusiveLock? inTheWay = null;
        var options = new CommitOptions
        {
            Timeout = TimeSpan.FromSeconds(1),
            OnCommitted = report => inTheWay ??= report.Wrote ? ExclusiveLock.TryAcquire(_place.StateLock, isThreadBound: false) : null,
        };
        var record = new AssignmentRunRecord(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "cron", null, went, new string('x', 900));
        Assert.Equal(AssignmentRunRecord.LongestReason, record.Stopped!.Length);
        try
        {
            Assert.NotNull(_board.RunAssignment(new AssignmentRunRequest(), options).Stopped);
        }
        finally
        {
            inTheWay?.Dispose();
        }
        // What could not be told then: the record of before stands, and the next run has its own.
        Assert.Equal(went, _board.GetLastRun()!.Succeeded);
        _board.Transact(new RecordRunRule(new AssignmentRun { Stopped = new Refusal(RefusalCode.LockTimeout, "no lock") }, null), 1, null,
            default);
        Assert.Equal(("no lock", went), (_board.GetLastRun()!.Stopped, _board.GetLastRun()!.Succeeded));
        // Nothing to do, and soon after, but the last one was stopped.
        _board.RunAssignment(new AssignmentRunRequest());
        Assert.Null(_board.GetLastRun()!.Stopped);
        Assert.True(_board.GetLastRun()!.Succeeded > went);
    }

    [Fact]
    public void The_document_alone_tells_of_the_run()
    {
        _board.Define([new TaskDefinition("T-1")]);
        _board.RunAssignment(new AssignmentRunRequest(), new CommitOptions { By = "\"é\"" });
        var told = _board.GetLastRun();
        _board.Sync();
        Directory.Delete(_place.Journals, recursive: true);
        using var other = TaskBoard.Open(_place.Path, new TaskBoardOptions { Session = new LockSession() });
        Assert.Equal(told, other.GetLastRun());
    }
}
