using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

[Collection(ProcessTests.Name)]
public sealed class TaskProcessTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(25, 20)]
    [InlineData(200, 1)]
    public void Processes_that_define_distinct_ids_all_succeed(int processes, int each)
    {
        var commands = Enumerable.Range(0, processes)
            .Select(process => (string[])["define", _place.Path, .. Enumerable.Range(0, each).Select(number => $"T-{process}-{number}")])
            .ToList();
        var told = Worker.RunTogether(commands);
        Assert.All(told.SelectMany(lines => lines), line => Assert.Equal("defined", line[0]));
        Assert.Equal(commands.SelectMany(command => command[2..]).Order(), Tasks().Select(task => task.Id).Order());
        Assert.Equal(Tasks().Select(task => task.Id), TodoBytes.Of(_place.Document).Select(todo => todo.Id));
    }

    [Fact]
    public void Of_twenty_five_processes_that_define_one_id_exactly_one_does()
    {
        var told = Worker.RunTogether(Enumerable.Repeat(new[] { "define", _place.Path, "A", "B" }, 25));
        foreach (var id in new[] { "A", "B" })
        {
            Assert.Single(told, lines => lines.Exists(line => line[0] == "defined" && line[2] == id));
            Assert.Equal(24, told.Count(lines => lines.Exists(line => line[1] == "TaskAlreadyDefined" && line[2] == id)));
        }
        Assert.Equal(["A", "B"], Tasks().Select(task => task.Id).Order());
    }

    [Fact]
    public void Of_fifty_processes_that_fight_for_one_task_one_wins()
    {
        Define("A");
        var told = Worker.RunTogether(Enumerable.Range(0, 50).Select(number => new[] { "assign", _place.Path, "n" + number, "A" }));
        var winner = told.FindIndex(lines => lines[0][0] == "assigned");
        Assert.Equal(49, told.Count(lines => lines[0][1] == "TaskAlreadyAssigned"));
        Assert.Equal("agent:n" + winner, Assert.Single(Tasks()).Assignee!.ToString());
        using var board = _place.Open();
        Assert.Single(board.GetHistory("A"), entry => entry.Field == "assignee");
    }

    [Fact]
    public void Batches_with_conflicts_are_taken_whole_or_not_at_all()
    {
        var ids = Enumerable.Range(0, 20).Select(number => "T-" + number).ToArray();
        Define(ids);
        var random = new Random(2);
        var batches = Enumerable.Range(0, 16).Select(_ => random.GetItems(ids, 6).Distinct().Take(4).ToArray()).ToList();
        var told = Worker.RunTogether(batches.Select((batch, number) => (string[])["assign", _place.Path, "n" + number, .. batch]));
        var owners = Tasks().ToDictionary(task => task.Id, task => task.Assignee?.Name);
        var won = 0;
        for (var number = 0; number < batches.Count; number++)
        {
            var taken = told[number].Where(line => line[0] == "assigned").Select(line => line[1]).ToList();
            if (taken.Count > 0)
            {
                won++;
                Assert.Equal(batches[number].Order(), taken.Order());
                Assert.All(taken, id => Assert.Equal("n" + number, owners[id]));
            }
            else
            {
                Assert.Contains(told[number], line => line[1] == "TaskAlreadyAssigned");
            }
        }
        Assert.Equal(owners.Values.Where(owner => owner is not null).Distinct().Count(), won);
        // None could have been taken: every refused batch met a task that a winner has.
        Assert.All(batches, batch => Assert.Contains(batch, id => owners[id] is not null));
    }

    [Fact]
    public void Overlapping_lock_sets_never_overlap_and_nobody_starves()
    {
        Define([.. Enumerable.Range(0, 12).Select(number => "S-" + number)]);
        var told = Worker.RunTogether(Enumerable.Range(0, 16)
            .Select(seed => new[] { "lock-sets", _place.Path, seed.ToString(CultureInfo.InvariantCulture), "--rounds", "40" }));
        Assert.All(told, lines => Assert.Equal(["sets", "40", "0"], Assert.Single(lines)[..3]));
    }

    [Fact]
    public void Readers_never_see_half_of_a_batch()
    {
        Define("A", "B");
        using var writer = Worker.Start("write-pairs", _place.Path, "800");
        var readers = Enumerable.Range(0, 3).Select(_ => Worker.Start("read-pairs", _place.Path)).ToList();
        readers.ForEach(reader => reader.Ready());
        writer.Ready();
        writer.Go();
        writer.Finish();
        readers.ForEach(reader => reader.Go());
        foreach (var reader in readers)
        {
            var line = Assert.Single(reader.Finish());
            Assert.Equal("0", line[2]);
            Assert.True(int.Parse(line[1], CultureInfo.InvariantCulture) > 1);
            reader.Dispose();
        }
    }

    [Fact]
    public void A_killed_holder_of_tasks_frees_them()
    {
        Define("A", "B");
        using var holder = Worker.Start("hold", _place.Path, "A", "B");
        holder.Ready();
        using var board = _place.Open();
        var refusal = Assert.Throws<TaskLockingException>(() => board.Hold(["A"], new HoldOptions { Timeout = TimeSpan.Zero })).Refusal;
        Assert.Equal((RefusalCode.LockTimeout, holder.Pid, "stress", "holding"),
            (refusal.Code, refusal.Holder!.Pid, refusal.Holder.Agent, refusal.Holder.Doing));
        holder.Kill();
        holder.WaitForExit();
        using var hold = board.Hold(["A", "B"]);
        Assert.Null(board.Edit([new TaskEdit("A") { Name = "freed" }])[0].Refusal);
    }

    [Fact]
    public void A_child_of_the_holder_is_let_through_and_others_are_not()
    {
        Define("A");
        using var board = _place.Open();
        using var hold = board.Hold(["A"]);
        var inherited = new Dictionary<string, string> { [LockSession.Variable] = board.Session.Id };
        using var child = Worker.Start(inherited, "assign", _place.Path, "child", "A");
        using var other = Worker.Start("assign", _place.Path, "other", "A");
        child.Ready();
        other.Ready();
        other.Go();
        child.Go();
        Assert.Equal("assigned", Assert.Single(child.Finish())[0]);
        hold.Dispose();
        Assert.Equal("TaskAlreadyAssigned", Assert.Single(other.Finish())[1]);
    }

    private void Define(params string[] ids)
    {
        using var board = _place.Open();
        Assert.All(board.Define(Array.ConvertAll(ids, id => new TaskDefinition(id))), outcome => Assert.Null(outcome.Refusal));
    }

    private IReadOnlyList<AgentTask> Tasks()
    {
        using var board = _place.Open();
        return board.GetTasks();
    }
}
