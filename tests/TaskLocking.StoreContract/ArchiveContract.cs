using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Closed tasks leave the document, and nothing that was promised of them goes with that.</summary>
public abstract class ArchiveContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);
    private static readonly ArchiveRequest Now = new() { OlderThan = TimeSpan.Zero };

    [Fact]
    public void What_is_closed_long_enough_leaves_and_counts_as_before()
    {
        One.Define([Task("A"), Task("B"), Task("C"), Task("D", "A"), Task("F"), Task("N")]);
        Close("A", "B");
        Set("C", AgentTaskStatus.Cancelled);
        Set("F", AgentTaskStatus.Failed);
        Place.Clock.Move(Month);
        Close("N");
        var (progress, swarm, version) = (Two.GetProgress("s"), Assert.Single(Two.GetSwarms()), Two.FindTask("B")!.Version);
        var history = Two.GetHistory("B");

        var report = One.ArchiveTasks();
        Assert.Equal(["B", "C"], report.Archived);
        Assert.Equal(["A"], report.Needed);
        Assert.Equal((2, false), (report.InArchive, report.WhatIf));
        Assert.Equal(["A", "D", "F", "N"], Two.GetTasks().Select(task => task.Id));
        AssertSame(progress, Two.GetProgress("s"));
        AssertSame(progress, Two.GetProgress());
        Assert.Equal((swarm.Total, swarm.Done, swarm.Open), (Two.GetSwarms()[0].Total, Two.GetSwarms()[0].Done, Two.GetSwarms()[0].Open));
        Assert.Equal(history.Select(entry => entry.ToString()), Two.GetHistory("B").Select(entry => entry.ToString()));
        var archived = Two.FindArchivedTask("B")!;
        Assert.Equal((true, AgentTaskStatus.Done, version), (archived.IsArchived, archived.Status, archived.Version));
        Assert.Equal(["B", "C"], Two.GetArchivedTasks().Select(task => task.Id));
        Assert.Equal(["C"], Two.GetArchivedTasks(new TaskQuery { Statuses = [AgentTaskStatus.Cancelled] }).Select(task => task.Id));
        Assert.Null(Two.FindArchivedTask("A"));
        Assert.Empty(One.ArchiveTasks().Archived);
    }

    [Fact]
    public void An_archived_id_stays_taken_and_no_verb_reaches_it()
    {
        Define("A", "B");
        Close("A");
        One.ArchiveTasks(Now);
        var refusal = Refused(Two.Define([new TaskDefinition("A")]));
        Assert.Equal((RefusalCode.TaskAlreadyDefined, "Task A already defined with status Done, in the archive"),
            (refusal.Code, refusal.Message));
        foreach (var refused in new[]
        {
            Refused(Two.Edit([new TaskEdit("A") { Name = "n" }])), Refused(Two.Remove([new TaskRemoval("A")])),
            Refused(Two.Restart([new RestartRequest("A") { Force = true }])),
            Assert.Single(Two.Assign(new AssignmentRequest(["A"], "agent", "a")).Failed).Refusal!,
        })
        {
            Assert.Equal(RefusalCode.TaskNotFound, refused.Code);
            Assert.Contains("archive", refused.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("archive", Refused(Two.Edit([new TaskEdit("X") { Name = "n" }])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_new_task_depends_on_comes_back_and_is_met()
    {
        Define("A", "B", "C", "R");
        Close("A", "B", "C");
        Set("R", AgentTaskStatus.Cancelled);
        One.ArchiveTasks(Now);
        var progress = Two.GetProgress();
        var outcome = Assert.Single(Two.Define([new TaskDefinition("D") { Dependencies = ["A", "none"] }]));
        Assert.Equal(["none"], outcome.MissingDependencies);
        Two.RemoveDependencies([new DependencyEdit("D", ["none"])]);
        Assert.Equal(["D"], One.GetReady().Select(task => task.Id));
        Two.AddDependencies([new DependencyEdit("D", ["B"])]);
        Two.Edit([new TaskEdit("D") { Dependencies = ["A", "B", "C", "R"] }]);
        Assert.Empty(One.GetReady());
        Assert.Equal(["D", "A", "B", "C", "R"], One.GetTasks().Select(task => task.Id).OrderBy(id => id == "D" ? 0 : 1));
        Assert.Empty(One.GetArchivedTasks());
        Assert.Equal(progress.Completed, Two.GetProgress().Completed);
        Assert.Empty(Two.CheckGraph().Dangling);
    }

    [Fact]
    public void What_is_opened_again_has_back_what_it_waits_for()
    {
        One.Define([Task("A"), Task("B", "A")]);
        Close("A", "B");
        Set("B", AgentTaskStatus.Todo);
        Set("B", AgentTaskStatus.Done);
        var changed = One.FindTask("B")!;
        Assert.Equal(["A", "B"], One.ArchiveTasks(Now with { Swarm = "s" }).Archived);
        Assert.True(Assert.Single(Two.RestoreTasks(["B"])).Changed);
        Assert.Empty(Two.CheckGraph().Dangling); // It is closed, and waits for nothing.
        Assert.Null(Two.FindTask("A"));
        Assert.Null(Assert.Single(Two.Restart([new RestartRequest("B") { Force = true }])).Refusal);
        Assert.Equal(AgentTaskStatus.Done, Two.FindTask("A")!.Status);
        Assert.Equal(changed.Id, Assert.Single(One.GetReady()).Id);
    }

    [Fact]
    public void A_task_comes_back_as_it_was_as_often_as_somebody_wants()
    {
        One.Define([Task("A"), Task("B")]);
        One.AddNotes([new NoteRequest("A", "look there")]);
        Close("A", "B");
        var (history, progress) = (Two.GetHistory("A").Select(entry => entry.ToString()).ToList(), Two.GetProgress("s"));
        for (var round = 0; round < 3; round++)
        {
            Assert.Contains("A", One.ArchiveTasks(Now).Archived);
            AssertSame(progress, Two.GetProgress("s"));
            var outcomes = Two.RestoreTasks(["A", "none", "A"]);
            Assert.Equal([true, false, false], outcomes.Select(outcome => outcome.Changed));
            Assert.Equal(RefusalCode.TaskNotFound, outcomes[1].Refusal!.Code);
            AssertSame(progress, Two.GetProgress("s"));
            Assert.Equal(history, Two.GetHistory("A").Select(entry => entry.ToString()));
            Assert.Null(Two.FindArchivedTask("A"));
            Assert.False(Two.FindTask("A")!.IsArchived);
        }
        // What is removed then is gone, and does not lie in the archive.
        Assert.Null(Assert.Single(One.Remove([new TaskRemoval("A")])).Refusal);
        Assert.Null(Two.FindArchivedTask("A"));
        Assert.Null(Assert.Single(Two.Define([new TaskDefinition("A")])).Refusal);
        Assert.Equal(["B"], One.GetArchivedTasks().Select(task => task.Id));
    }

    [Fact]
    public void However_often_somebody_archives_all_are_found()
    {
        var ids = Enumerable.Range(0, 40).Select(number => "T-" + number).ToList();
        foreach (var id in ids)
        {
            Define(id);
            Close(id);
            Assert.Equal([id], One.ArchiveTasks(Now).Archived);
        }
        Assert.Equal(ids.Order(), Two.GetArchivedTasks().Select(task => task.Id).Order());
        Assert.All(ids, id => Assert.Equal(RefusalCode.TaskAlreadyDefined, Refused(Two.Define([new TaskDefinition(id)])).Code));
        Assert.Equal(40, Two.GetProgress().Completed);
        using var store = Place.OpenStore();
        if (store.Archive.CanMerge)
            Assert.InRange(store.Read().Archive.Count, 1, 6);
    }

    [Fact]
    public void Many_go_at_once_and_those_that_stay_are_as_they_were()
    {
        var ids = Enumerable.Range(0, 300).Select(number => "T-" + number).ToArray();
        Define(ids);
        Close([.. ids.Where((_, at) => at % 3 != 0)]);
        var staying = Two.GetTasks().Where(task => task.Status == AgentTaskStatus.Todo).Select(task => task.ToJson()).ToList();
        Assert.Equal(200, One.ArchiveTasks(Now).Archived.Count);
        Assert.Equal(staying, One.GetTasks().Select(task => task.ToJson()));
        Assert.Equal(staying, Two.GetTasks().Select(task => task.ToJson()));
        using var third = Place.OpenBoard();
        Assert.Equal(staying, third.GetTasks().Select(task => task.ToJson()));
        Assert.Equal("T-0", One.Request(new TaskRequest(new LeaseHolder("a"))).Task!.Id);
        Define("next");
        Assert.NotNull(Two.FindTask("next"));
    }

    [Fact]
    public void What_changes_before_the_commit_stays()
    {
        Define("A", "B", "C");
        Close("A", "B", "C");
        using var store = Place.OpenStore();
        var tasks = store.Read().Tasks.ToList();
        var written = store.Archive.Write(tasks, [], Place.Clock.GetUtcNow());
        Set("A", AgentTaskStatus.Todo);
        One.Define([new TaskDefinition("D") { Dependencies = ["B"] }]);
        var report = One.Transact(new ArchiveRule(Now, tasks, written, []), 3, null, default)!;
        Assert.Equal(["C"], report.Archived);
        Assert.Equal(["B"], report.Needed);
        Assert.Equal(["A", "B", "D"], Two.GetTasks().Select(task => task.Id));
        Assert.Equal(["C"], Two.GetArchivedTasks().Select(task => task.Id));
        Assert.Null(Two.FindArchivedTask("A"));
        Assert.Equal(1, Two.GetProgress().Completed - 1);
        // A part that was put into another, and is one no more, is put there again.
        var part = Assert.Single(store.Read().Archive);
        Two.RestoreTasks(["C"]);
        Assert.Null(One.Transact(new ArchiveRule(Now, tasks, written, [part]), 3, null, default));
    }

    [Fact]
    public void Those_who_archive_at_once_archive_each_once()
    {
        var ids = Enumerable.Range(0, 60).Select(number => "T-" + number).ToArray();
        Define(ids);
        Close(ids);
        var archived = new System.Collections.Concurrent.ConcurrentBag<string>();
        Crowd.Run(4, _ =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    foreach (var id in board.ArchiveTasks(Now, new CommitOptions { Timeout = TimeSpan.FromSeconds(60) }).Archived)
                        archived.Add(id);
                }
            };
        });
        Assert.Equal(ids.Order(), archived.Order());
        Assert.Equal(ids.Order(), Two.GetArchivedTasks().Select(task => task.Id).Order());
        Assert.Empty(Two.GetTasks());
        Assert.Equal(60, Two.GetProgress().Completed);
    }

    [Fact]
    public void A_preview_changes_nothing_and_the_nightly_run_archives_last()
    {
        Define("A", "B");
        Close("A");
        var version = Two.GetVersion();
        var preview = One.ArchiveTasks(Now, new CommitOptions { WhatIf = true });
        Assert.Equal(["A"], preview.Archived);
        Assert.Equal((true, 1), (preview.WhatIf, preview.InArchive));
        Assert.Equal(["A"], One.RunAssignment(new AssignmentRunRequest { ArchiveAfter = TimeSpan.Zero, WhatIf = true }).Archived);
        Assert.Equal(version, Two.GetVersion());
        Assert.Empty(One.RunAssignment(new AssignmentRunRequest { ArchiveAfter = Month }).Archived);
        Assert.Equal(["A"], One.RunAssignment(new AssignmentRunRequest { ArchiveAfter = TimeSpan.Zero }).Archived);
        Assert.Equal(["B"], Two.GetTasks().Select(task => task.Id));
        Assert.Equal(RefusalCode.InvalidArgument,
            Thrown(() => One.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.FromSeconds(-1) })).Code);
        Assert.Equal(RefusalCode.InvalidArgument,
            Thrown(() => One.RunAssignment(new AssignmentRunRequest { ArchiveAfter = TimeSpan.FromSeconds(-1) })).Code);
    }

    [Fact]
    public void Who_follows_hears_of_it()
    {
        Define("A");
        Close("A");
        using var feed = Two.OpenFeed();
        One.ArchiveTasks(Now);
        One.RestoreTasks(["A"]);
        var events = new List<TaskEvent>();
        while (events.Count < 2)
            events.AddRange(feed.Read());
        Assert.Equal([(TaskEventKind.Archived, "A"), (TaskEventKind.Restored, "A")],
            events.Select(told => (told.Kind, told.TaskId!)));
        Assert.All(events, told => Assert.Single(told.Changes));
    }

    private static TaskDefinition Task(string id, params string[] dependencies) => new(id) { Swarm = "s", Dependencies = dependencies };

    private static void AssertSame(TaskProgress before, TaskProgress after)
    {
        Assert.Equal((before.Percent, before.Total, before.Completed, before.Pending, before.Failed, before.Ready),
            (after.Percent, after.Total, after.Completed, after.Pending, after.Failed, after.Ready));
        Assert.Equal(before.ByStatus.OrderBy(each => each.Key), after.ByStatus.OrderBy(each => each.Key));
    }

    private void Close(params string[] ids) => Assert.All(
        One.Edit(Array.ConvertAll(ids, id => new TaskEdit(id) { Status = AgentTaskStatus.Done })), outcome => Assert.Null(outcome.Refusal));

    private void Set(string id, AgentTaskStatus status) => Assert.Null(One.Edit([new TaskEdit(id) { Status = status }])[0].Refusal);
}
