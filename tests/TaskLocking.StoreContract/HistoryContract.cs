using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>
/// A task keeps a bounded part of its history, and all of it can be read: what leaves the todo for the archive is neither lost nor told
/// twice. <c>TASKLOCKING_RUNS</c> sets how often a task is assigned, 10,000 for the full proof.
/// </summary>
public abstract class HistoryContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void However_often_a_task_is_assigned_it_stays_short_and_its_history_is_whole()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_RUNS") ?? "550", CultureInfo.InvariantCulture);
        Define("A", "B");
        var expected = new List<string?> { "Todo" };
        var longest = 0;
        for (var round = 0; round < rounds; round++)
        {
            var name = "a" + round.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(["A"], One.Assign(new AssignmentRequest(["A"], "agent", name)).Assigned.Select(task => task.Id));
            Assert.Single(One.Unassign(new UnassignmentRequest(["A"]) { From = name }).Assigned);
            expected.AddRange(["agent:" + name, null]);
            if (round % 20 == 19)
            {
                var (entries, length) = Kept("A");
                Assert.InRange(entries, 1, HistoryBound.Most);
                longest = Math.Max(longest, length);
            }
        }
        Assert.InRange(longest, 1, 60_000);
        Assert.Equal(expected, Two.GetHistory("A").Select(entry => entry.NewValue));
        Assert.Equal(expected, One.GetHistory("A").Select(entry => entry.NewValue));
        Assert.Single(Two.GetHistory("B"));
        using var third = Place.OpenBoard();
        Assert.Equal(expected, third.GetHistory("A").Select(entry => entry.NewValue));
        Assert.InRange(Parts("A"), 1, 20);
    }

    [Fact]
    public void Many_tasks_are_shortened_in_one_commit_behind_that_which_made_them_long()
    {
        var ids = Enumerable.Range(0, 12).Select(number => "T-" + number.ToString(CultureInfo.InvariantCulture)).ToArray();
        var version = Two.GetVersion();
        Import(ids, 230);
        Assert.Equal(version + 2, Two.GetVersion());
        Assert.All(ids, id =>
        {
            Assert.Equal(HistoryBound.Kept, Kept(id).Entries);
            Assert.Equal(Numbers(0, 230), Values(id));
        });
    }

    [Fact]
    public void The_version_of_the_task_stays_and_nobody_who_follows_hears_of_it()
    {
        Import(["A"], HistoryBound.Most);
        Assert.Equal(HistoryBound.Most, Kept("A").Entries);
        using var feed = Two.OpenFeed();
        var changed = One.Edit([new TaskEdit("A") { Name = "n200" }])[0].Task!;
        Assert.Equal(HistoryBound.Kept, Kept("A").Entries);
        Assert.Equal(changed.Version, Two.FindTask("A")!.Version);
        Assert.Null(Two.Edit([new TaskEdit("A") { Name = "n201", IfVersion = changed.Version }])[0].Refusal);
        Assert.Equal(RefusalCode.VersionChanged,
            One.Edit([new TaskEdit("A") { Name = "n", IfVersion = changed.Version }])[0].Refusal?.Code);
        var changes = new List<TaskEventChange>();
        for (var version = 0L; version < Two.GetVersion();)
        {
            foreach (var told in feed.Read())
            {
                changes.AddRange(told.Changes);
                version = told.Version;
            }
        }
        Assert.Equal([TaskEventKind.Changed, TaskEventKind.Changed], changes.Select(change => change.Kind));
        Assert.All(changes, change => Assert.Equal(["name"], change.Fields));
        Assert.Equal(Numbers(0, 202), Values("A"));
    }

    [Fact]
    public void A_task_that_is_archived_and_comes_back_goes_on_with_its_history()
    {
        Import(["A"], 250);
        One.AddNotes([new NoteRequest("A", "look there")]);
        Assert.Null(One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }])[0].Refusal);
        var history = Two.GetHistory("A").Select(entry => entry.ToString()).ToList();
        Assert.Equal(["A"], One.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero }).Archived);
        Assert.Equal(history, Two.GetHistory("A").Select(entry => entry.ToString()));
        Assert.True(Two.RestoreTasks(["A"])[0].Changed);
        Assert.Equal(history, Two.GetHistory("A").Select(entry => entry.ToString()));
        for (var round = 0; round < 110; round++)
            Assert.Null(One.Edit([new TaskEdit("A") { Name = "more " + round.ToString(CultureInfo.InvariantCulture) }])[0].Refusal);
        Assert.InRange(Kept("A").Entries, 1, HistoryBound.Most);
        Assert.Equal(history.Count + 110, Two.GetHistory("A").Count);
    }

    [Fact]
    public void A_task_of_the_same_id_has_nothing_of_the_one_before()
    {
        Import(["A"], 250);
        Assert.Equal(250, Two.GetHistory("A").Count);
        Assert.Null(One.Remove([new TaskRemoval("A")])[0].Refusal);
        Define("A");
        Assert.Single(Two.GetHistory("A"));
        for (var round = 0; round < 210; round++)
            One.Edit([new TaskEdit("A") { Name = "m" + round.ToString(CultureInfo.InvariantCulture) }]);
        Assert.Equal(HistoryBound.Kept + 10, Kept("A").Entries);
        Assert.Equal(211, Two.GetHistory("A").Count);
        Assert.DoesNotContain("n1", Values("A"));
    }

    [Fact]
    public void Who_did_the_work_long_ago_approves_it_no_more_than_before()
    {
        One.RegisterAgents([new AgentProfile("bob", "human")]);
        One.Define([new TaskDefinition("A") { NeedsReview = true }]);
        Assert.Equal("A", One.Request(new TaskRequest(new LeaseHolder("bob"))).Task?.Id);
        Assert.Null(One.Restart([new RestartRequest("A") { Force = true }])[0].Refusal);
        for (var round = 0; round < 300; round++)
            Assert.Null(One.Edit([new TaskEdit("A") { Name = "m" + round.ToString(CultureInfo.InvariantCulture) }])[0].Refusal);
        var claim = One.Request(new TaskRequest(new LeaseHolder("worker")) { Start = true }).Task!;
        Assert.Null(One.Complete([new CompleteRequest("A", "worker") { Token = claim.Claim!.Token }])[0].Refusal);
        Assert.Equal(AgentTaskStatus.Review, Two.FindTask("A")!.Status);
        Assert.DoesNotContain("bob", Changes("A"), StringComparison.Ordinal);
        Assert.Equal(RefusalCode.NotPermitted, One.Complete([new CompleteRequest("A", "bob")])[0].Refusal?.Code);
    }

    [Fact]
    public void Those_who_change_a_task_at_once_lose_no_entry()
    {
        Import(["A"], 190);
        Crowd.Run(4, worker =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    for (var round = 0; round < 60; round++)
                    {
                        var note = string.Create(CultureInfo.InvariantCulture, $"w{worker}-{round}");
                        Assert.Null(board.Edit([new TaskEdit("A") { Name = note }],
                            new CommitOptions { Timeout = TimeSpan.FromSeconds(60) })[0].Refusal);
                    }
                }
            };
        });
        Assert.InRange(Kept("A").Entries, 1, HistoryBound.Most);
        var values = Values("A");
        Assert.Equal(Numbers(0, 190), values.Take(190));
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(worker => Enumerable.Range(0, 60)
            .Select(round => string.Create(CultureInfo.InvariantCulture, $"w{worker}-{round}"))).Order(StringComparer.Ordinal),
            values.Skip(190).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_export_has_all_of_it_and_comes_in_as_it_was()
    {
        Import(["A"], 250);
        var line = Assert.Single(One.Export());
        Assert.Equal(250, JsonDocument.Parse(line).RootElement.GetProperty("changes").GetArrayLength());
        Assert.DoesNotContain("\"history\"", line, StringComparison.Ordinal);
        Assert.Null(One.Remove([new TaskRemoval("A")])[0].Refusal);
        Assert.Empty(One.Import(new ImportRequest([new ImportFile("a.jsonl", Encoding.UTF8.GetBytes(line))])).Refusals);
        Assert.Equal(Numbers(0, 250), Values("A"));
        Assert.Equal(HistoryBound.Kept, Kept("A").Entries);
    }

    private static IEnumerable<string?> Numbers(int start, int count) =>
        Enumerable.Range(start, count).Select(number => "n" + number.ToString(CultureInfo.InvariantCulture));

    private List<string?> Values(string id) => [.. Two.GetHistory(id).Select(entry => entry.NewValue)];

    // Tasks with so many entries, each with its number.
    private void Import(string[] ids, int entries)
    {
        var lines = new StringBuilder();
        foreach (var id in ids)
        {
            lines.Append("{\"id\":\"").Append(id).Append("\",\"name\":\"n\",\"status\":\"Todo\",\"changes\":[")
                .AppendJoin(',', Numbers(0, entries).Select(value => "{\"field\":\"name\",\"oldValue\":null,\"newValue\":\"" + value
                    + "\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"by\":\"x\"}"))
                .Append("]}\n");
        }
        Assert.Empty(One.Import(new ImportRequest([new ImportFile("a.jsonl", Encoding.UTF8.GetBytes(lines.ToString()))])).Refusals);
    }

    private (int Entries, int Length) Kept(string id)
    {
        var todo = Two.FindTask(id)!.ToJson();
        return (JsonDocument.Parse(todo).RootElement.GetProperty("changes").GetArrayLength(), todo.Length);
    }

    private string Changes(string id) =>
        JsonDocument.Parse(Two.FindTask(id)!.ToJson()).RootElement.GetProperty("changes").GetRawText();

    private int Parts(string id) => JsonDocument.Parse(Two.FindTask(id)!.ToJson()).RootElement.GetProperty("taskLocking")
        .GetProperty("history").GetProperty("parts").GetArrayLength();
}
