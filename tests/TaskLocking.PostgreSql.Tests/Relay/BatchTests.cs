using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Faults;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary>
/// Commits of several processes that wait at the same time go through a relay in one call, each answered for itself. The first call is kept
/// back on its way until all others wait.
/// </summary>
public sealed class BatchTests : IDisposable
{
    private const int Callers = 8;
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly CuttingProxy _proxy;
    private readonly InnerRelay _relay;
    private readonly List<TaskBoard> _boards;
    private readonly TaskBoard _other;

    public BatchTests()
    {
        _other = PostgresBoard.Open(SharedCluster.Current.Address(_name), System.IO.Path.GetTempPath());
        _other.Define([.. Enumerable.Range(0, Callers + 1).Select(number => new TaskDefinition($"T-{number}"))]);
        _proxy = new CuttingProxy(SharedCluster.Current.Port, "commit_lines");
        _relay = new InnerRelay();
        _boards = [.. Enumerable.Range(0, Callers + 1).Select(_ => _relay.Open(SharedCluster.Current.Address(_name, port: _proxy.Port)))];
        _boards.ForEach(board => Assert.Equal(Callers + 1, board.GetTasks().Count));
    }

    public void Dispose()
    {
        _boards.ForEach(board => board.Dispose());
        _other.Dispose();
        _relay.Dispose();
        _proxy.Dispose();
    }

    [Fact]
    public void They_go_in_one_call()
    {
        var edits = Together(number => number);
        Assert.Equal(Callers, edits.Select(edit => edit.Task!.Version).Distinct().Count());
        Assert.Equal(2L, Transactions()); // the first one, and all others
        Assert.All(Enumerable.Range(0, Callers), number => Assert.Equal($"by {number}", _other.FindTask($"T-{number}")!.Content));
        Assert.All(_boards, Same);
    }

    [Fact]
    public void What_rests_on_another_of_them_is_decided_anew_and_takes_nothing_else_with_it()
    {
        var edits = Together(number => number < 3 ? 0 : number);
        Assert.Equal(Callers, edits.Select(edit => edit.Task!.Version).Distinct().Count());
        var contents = _other.GetHistory("T-0").Where(entry => entry.Field == "content").Select(entry => entry.NewValue);
        Assert.Equal(["by 0", "by 1", "by 2"], contents.Order(StringComparer.Ordinal));
        // The first one; one of the three with all others; the two that found their task changed.
        Assert.Equal(4L, Transactions());
        Assert.All(_boards, Same);
    }

    [Fact]
    public void A_held_task_keeps_back_only_who_wants_it()
    {
        TaskOutcome[] edits;
        using (_other.Hold(["T-0"]))
            edits = Together(number => number, new CommitOptions { Timeout = TimeSpan.FromSeconds(2) }, refused: 0);
        Assert.Equal(Callers - 1, edits.Count(edit => edit is not null));
        Assert.NotEqual("by 0", _other.FindTask("T-0")!.Content);
        Assert.All(_boards, Same);
    }

    [Fact]
    public void Whoever_holds_a_task_is_let_through_his_own_hold()
    {
        using var hold = _boards[0].Hold(["T-0"]);
        var edits = Together(number => number);
        Assert.All(edits, edit => Assert.Null(edit.Refusal));
        Assert.Equal("by 0", _other.FindTask("T-0")!.Content);
    }

    [Fact]
    public void What_others_commit_meanwhile_voids_only_what_rests_on_it()
    {
        var edits = Together(number => number, meanwhile: () =>
        {
            // It has to be new to the relay: the call that is kept back was decided before.
            _other.Edit([new TaskEdit("T-0") { Name = "theirs" }], Patient);
        });
        Assert.All(edits, edit => Assert.Null(edit.Refusal));
        Assert.Equal(("theirs", "by 0"), (_other.FindTask("T-0")!.Name, _other.FindTask("T-0")!.Content));
        Assert.All(_boards, Same);
    }

    [Fact]
    public void Addresses_that_differ_in_the_user_are_two_boards_and_two_ways_to_the_server()
    {
        var role = "r" + _name;
        SharedCluster.Current.Run($"create role {role} login");
        PostgresSchema.Migrate(SharedCluster.Current.Address(_name), role);
        using var agent = _relay.Open(SharedCluster.Current.Address(_name, role));
        Assert.Null(agent.Edit([new TaskEdit("T-0") { Name = "n" }], Patient)[0].Refusal);
        Assert.Equal(2, _relay.Relay.Boards);
        Assert.Equal(1L, SharedCluster.Current.Run($"select count(*) from pg_stat_activity where usename = '{role}'"));
        using var nobody = _relay.Open(SharedCluster.Current.Address(_name, "nobody" + _name));
        Assert.Equal(RefusalCode.AccessDenied,
            Assert.Throws<TaskLockingException>(() => nobody.Edit([new TaskEdit("T-0") { Name = "m" }], Patient)).Refusal.Code);
        Assert.Equal("n", _other.FindTask("T-0")!.Name);
    }

    // Each edits a task of a number, while the edit of another one is on its way.
    private TaskOutcome[] Together(Func<int, int> task, CommitOptions? options = null, int refused = -1, Action? meanwhile = null)
    {
        var edits = new TaskOutcome[Callers];
        var faults = new Exception?[Callers];
        _proxy.GoOn.Reset();
        var first = new Thread(() => _boards[Callers].Edit([new TaskEdit($"T-{Callers}") { Content = "first" }], Patient));
        first.Start();
        Assert.True(_proxy.Kept.Wait(Guard), "nothing was sent");
        var threads = Enumerable.Range(0, Callers).Select(number => new Thread(() =>
        {
            try
            {
                var edit = new TaskEdit($"T-{task(number)}") { Content = $"by {number}" };
                edits[number] = _boards[number].Edit([edit], options ?? Patient)[0];
            }
            catch (Exception fault)
            {
                faults[number] = fault;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        Assert.True(SpinWait.SpinUntil(() => _relay.Relay.Waiting == Callers, Guard), "not all wait");
        meanwhile?.Invoke();
        _proxy.GoOn.Set();
        foreach (var thread in threads.Append(first))
            Assert.True(thread.Join(Guard), "a caller hangs");
        for (var number = 0; number < Callers; number++)
        {
            if (number == refused)
                Assert.Equal(RefusalCode.LockTimeout, Assert.IsType<TaskLockingException>(faults[number]).Refusal.Code);
            else
                Assert.Null(faults[number]);
        }
        return edits;
    }

    // Lines of one call have the same transaction.
    private long Transactions() => (long)SharedCluster.Current.Run("select count(distinct j.xmin::text) from tasklocking.journal j "
        + $"join tasklocking.board b on b.id = j.board where b.name = '{_name}' and j.line not like '%\"new\"%'")!;

    private void Same(TaskBoard board) => Assert.Equal(
        _other.GetTasks().Select(task => (task.Id, task.Version, task.Content)),
        board.GetTasks().Select(task => (task.Id, task.Version, task.Content)));
}
