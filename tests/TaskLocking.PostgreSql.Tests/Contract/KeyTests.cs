using System;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>What a commit rests on, by its keys: what others commit elsewhere voids nothing, and costs no second decision.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly PostgresPlace _place = new();
    private readonly ITaskStore _store;
    private readonly ITaskStore _other;

    public KeyTests()
    {
        _ = SharedCluster.Current.Address("any");
        _store = _place.OpenStore();
        _other = _place.OpenStore();
        Run(_store, new DefineRule([new TaskDefinition("A"), new TaskDefinition("B"), new TaskDefinition("C")]));
        _ = _other.Read();
    }

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void What_others_change_elsewhere_is_taken_in_with_the_commit()
    {
        Name(_other, "B", "theirs", out _);
        Assert.Equal(3, Name(_store, "A", "ours", out var decisions));
        Assert.Equal(1, decisions);
        Assert.Equal(["ours", "theirs", "C"], _store.Read().Tasks.Select(task => task.Name));
        Assert.Equal(["ours", "theirs", "C"], _other.Read().Tasks.Select(task => task.Name));
    }

    [Fact]
    public void What_others_change_of_the_same_is_decided_upon_anew()
    {
        Name(_other, "A", "theirs", out _);
        Assert.Equal(3, Name(_store, "A", "ours", out var decisions));
        Assert.InRange(decisions, 2, 3);
        Assert.Equal("ours", _other.Read().Find("A")!.Name);
        Assert.Equal(["theirs", "ours"], TaskBoardHistory("A"));
    }

    [Fact]
    public void A_rule_that_looked_at_everything_is_decided_upon_anew()
    {
        Name(_other, "B", "theirs", out _);
        var decisions = 0;
        var names = Run(_store, new DelegateRule<string>(draft =>
        {
            decisions++;
            var all = string.Join(',', draft.Tasks.Select(task => task.Name));
            draft.Change(draft.Find("C")!).Set("name", "C", all).Apply();
            return all;
        }));
        Assert.InRange(decisions, 2, 3);
        Assert.Equal("A,theirs,C", names);
    }

    [Fact]
    public void A_thousand_lines_behind_it_catches_up_first()
    {
        using (var board = _place.OpenBoard())
        {
            for (var round = 0; round < 1_100; round++)
                board.Edit([new TaskEdit("B") { Name = $"round {round}" }]);
        }
        Name(_store, "A", "ours", out _);
        Assert.Equal(["ours", "round 1099", "C"], _store.Read().Tasks.Select(task => task.Name));
    }

    private string[] TaskBoardHistory(string id)
    {
        using var board = _place.OpenBoard();
        return [.. board.GetHistory(id).Where(entry => entry.Field == "name").Select(entry => entry.NewValue!)];
    }

    private static TAnswer Run<TAnswer>(ITaskStore store, ITaskRule<TAnswer> rule) =>
        store.Transact(rule, new LockSession(), new CommitOptions());

    // Gives the version that the commit came to have.
    private static long Name(ITaskStore store, string id, string name, out int decisions)
    {
        var made = 0;
        var version = 0L;
        store.Transact(
            new DelegateRule<int>(draft =>
            {
                made++;
                var task = draft.Find(id)!;
                draft.Change(task).Set("name", task.Name, name).Apply();
                return 0;
            }),
            new LockSession(), new CommitOptions { OnCommitted = report => version = report.Version });
        decisions = made;
        return version;
    }
}
