using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Faults;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>
/// Commits of one process that wait at the same time: they go in one call, decided one on the other, and each is answered for itself. The
/// first call is kept back on its way until all others wait.
/// </summary>
public sealed class GroupTests : IDisposable
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly CuttingProxy _proxy;
    private readonly PostgresLog _log;
    private readonly TaskBoard _board;
    private readonly TaskBoard _other;

    public GroupTests()
    {
        _ = SharedCluster.Current.Address(_name);
        _proxy = new CuttingProxy(SharedCluster.Current.Port, "commit_lines");
        var clock = new ServerClock(TimeProvider.System);
        _log = new PostgresLog(ServerAddress.Parse(SharedCluster.Current.Address(_name, port: _proxy.Port)), clock);
        _board = new TaskBoard(new Committer(_log, clock), Path.GetTempPath(), new LockSession());
        _other = PostgresBoard.Open(SharedCluster.Current.Address(_name), Path.GetTempPath(),
            new TaskBoardOptions { Session = new LockSession() });
        _board.Define([.. Enumerable.Range(0, 9).Select(number => new TaskDefinition($"T-{number}"))]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _other.Dispose();
        _proxy.Dispose();
    }

    [Fact]
    public void They_go_in_one_call_and_each_is_answered_for_itself()
    {
        var claims = new AgentTask?[4];
        var edits = new TaskOutcome[4];
        Refusal? refused = null;
        TaskOutcome? removed = null;
        Together(
        [
            .. Enumerable.Range(0, 4).Select<int, Action>(number => () =>
                claims[number] = _board.Request(new TaskRequest(new LeaseHolder($"a{number}")), Patient).Task),
            .. Enumerable.Range(0, 4).Select<int, Action>(number => () =>
                edits[number] = _board.Edit([new TaskEdit("T-8") { Content = $"by {number}" }], Patient)[0]),
            () => refused = _board.Complete([new CompleteRequest("T-7", "nobody")], Patient)[0].Refusal,
            () => removed = _board.Remove([new TaskRemoval("T-6")], Patient)[0],
        ]);
        Assert.Equal(["T-0", "T-1", "T-2", "T-3"], claims.Select(task => task!.Id).Order(StringComparer.Ordinal));
        Assert.All(claims, task => Assert.Equal(task!.Claim!.Token, _other.FindTask(task.Id)!.Claim!.Token));
        Assert.Equal(4, edits.Select(edit => edit.Task!.Version).Distinct().Count());
        var last = edits.MaxBy(edit => edit.Task!.Version)!.Task!;
        Assert.Equal(last.Content, _other.FindTask("T-8")!.Content);
        Assert.Equal(last.Version, _other.FindTask("T-8")!.Version);
        Assert.Equal(4, _other.GetHistory("T-8").Count(entry => entry.Field == "content"));
        Assert.Equal(RefusalCode.StatusConflict, refused!.Code);
        Assert.Null(removed!.Refusal);
        Assert.Null(_other.FindTask("T-6"));
        // The first one, nine lines, and one more call where the removal came in the middle, for nothing is decided on top of that.
        Assert.InRange(Transactions(), 2, 3);
        Same();
    }

    [Fact]
    public void What_others_void_is_decided_anew_and_takes_nothing_else_with_it()
    {
        var edits = new TaskOutcome[6];
        var passed = 0;
        Together(
            [.. Enumerable.Range(0, 6).Select<int, Action>(number => () =>
                edits[number] = _board.Edit([new TaskEdit(number < 3 ? "T-0" : $"T-{number}") { Content = $"by {number}" }], Patient)[0])],
            () => _proxy.Passing = () =>
            {
                // Between the decision of those that wait and the server.
                if (++passed == 2)
                    _other.Edit([new TaskEdit("T-0") { Content = "theirs" }], Patient);
            });
        Assert.All(edits, edit => Assert.Null(edit.Refusal));
        var contents = _other.GetHistory("T-0").Where(entry => entry.Field == "content").Select(entry => entry.NewValue).ToList();
        Assert.Equal("theirs", contents[0]);
        Assert.Equal(["by 0", "by 1", "by 2"], contents.Skip(1).Order(StringComparer.Ordinal));
        Assert.Equal(["by 3", "by 4", "by 5"], Enumerable.Range(3, 3).Select(number => _other.FindTask($"T-{number}")!.Content));
        // The first one, theirs, those that stand, and those of the task that was theirs meanwhile.
        Assert.Equal(4, Transactions());
        Assert.Equal(edits.Skip(3).Select(edit => edit.Task!.Version), edits.Skip(3).Select(edit => _board.FindTask(edit.Id)!.Version));
        Same();
    }

    [Fact]
    public void A_held_task_keeps_back_only_who_wants_it()
    {
        TaskLockingException? held = null;
        TaskOutcome? free = null;
        using (_other.Hold(["T-0"]))
        {
            Together(
            [
                () => held = Assert.Throws<TaskLockingException>(() => _board.Edit([new TaskEdit("T-0") { Name = "n" }],
                    new CommitOptions { Timeout = TimeSpan.FromSeconds(2) })),
                () => free = _board.Edit([new TaskEdit("T-1") { Name = "n" }], Patient)[0],
            ]);
        }
        Assert.Equal(RefusalCode.LockTimeout, held!.Refusal.Code);
        Assert.Contains("T-0", held.Message, StringComparison.Ordinal);
        Assert.Equal(free!.Task!.Version, _other.FindTask("T-1")!.Version);
        Same();
    }

    [Fact]
    public void An_answer_that_is_lost_is_found_for_all_of_them()
    {
        var edits = new TaskOutcome[8];
        Together(
            [.. Enumerable.Range(0, 8).Select<int, Action>(number => () =>
                edits[number] = _board.Edit([new TaskEdit($"T-{number % 4}") { Content = $"by {number}" }], Patient)[0])],
            () => _proxy.Cuts = 3);
        Assert.Equal(0, _proxy.Cuts);
        Assert.Equal(8, edits.Select(edit => edit.Task!.Version).Distinct().Count());
        Assert.Equal(8, Enumerable.Range(0, 4).Sum(number => _other.GetHistory($"T-{number}").Count(entry => entry.Field == "content")));
        Same();
    }

    [Fact]
    public void Whose_time_is_over_is_told_that_nobody_knows_and_the_others_get_their_answer()
    {
        TaskLockingException? fault = null;
        var edits = new TaskOutcome[3];
        var hasGivenUp = new ManualResetEventSlim();
        var first = new Thread(() =>
        {
            // The call of all goes by the time of its first one.
            fault = Assert.Throws<TaskLockingException>(
                () => _board.Edit([new TaskEdit("T-8") { Name = "n" }], new CommitOptions { Timeout = TimeSpan.Zero }));
            hasGivenUp.Set();
        });
        var rest = Enumerable.Range(0, 3).Select(number => new Thread(() =>
            edits[number] = _board.Edit([new TaskEdit($"T-{number}") { Content = $"by {number}" }], Patient)[0])).ToList();
        _proxy.GoOn.Reset();
        var opener = new Thread(() => _board.Edit([new TaskEdit("T-7") { Name = "n" }], Patient));
        opener.Start();
        Assert.True(_proxy.Kept.Wait(Guard));
        first.Start();
        Assert.True(SpinWait.SpinUntil(() => _log.Group.Waiting == 1, Guard));
        rest.ForEach(thread => thread.Start());
        Assert.True(SpinWait.SpinUntil(() => _log.Group.Waiting == 4 || hasGivenUp.IsSet, Guard));
        _proxy.Cuts = int.MaxValue;
        _proxy.GoOn.Set();
        Assert.True(hasGivenUp.Wait(Guard), "nobody gives up");
        _proxy.Cuts = 0;
        foreach (var thread in rest.Append(opener).Append(first))
            Assert.True(thread.Join(Guard), "a caller hangs");
        Assert.Contains(fault!.Refusal.Code, new[] { RefusalCode.CommitUncertain, RefusalCode.LockTimeout });
        Assert.Equal(3, edits.Select(edit => edit.Task!.Version).Distinct().Count());
        Assert.All(edits, edit => Assert.Single(_other.GetHistory(edit.Id), entry => entry.Field == "content"));
        Same();
    }

    // Runs all of them so that they wait while a first call is kept back, and something else before that goes on.
    private void Together(IReadOnlyList<Action> calls, Action? meanwhile = null)
    {
        var faults = new Exception?[calls.Count];
        _proxy.GoOn.Reset();
        var first = new Thread(() => _board.Edit([new TaskEdit("T-7") { Content = "first" }], Patient));
        first.Start();
        Assert.True(_proxy.Kept.Wait(Guard), "nothing was sent");
        var threads = calls.Select((call, number) => new Thread(() =>
        {
            try
            {
                call();
            }
            catch (Exception fault)
            {
                faults[number] = fault;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        Assert.True(SpinWait.SpinUntil(() => _log.Group.Waiting == calls.Count, Guard), "not all wait");
        meanwhile?.Invoke();
        _proxy.GoOn.Set();
        foreach (var thread in threads.Append(first))
            Assert.True(thread.Join(Guard), "a caller hangs");
        Assert.All(faults, Assert.Null);
    }

    // Lines of one call have the same transaction.
    private int Transactions() => (int)(long)SharedCluster.Current.Run("select count(distinct j.xmin::text) from tasklocking.journal j "
        + $"join tasklocking.board b on b.id = j.board where b.name = '{_name}' and j.line not like '%\"new\"%'")!;

    // What the process has in memory is what is there for everybody.
    private void Same() => Assert.Equal(
        _other.GetTasks().Select(task => (task.Id, task.Version, task.Content, task.Owner, task.Status)),
        _board.GetTasks().Select(task => (task.Id, task.Version, task.Content, task.Owner, task.Status)));
}
