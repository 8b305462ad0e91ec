using System;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>The way of a commit, step by step, over a log that has no file.</summary>
public sealed class CommitterTests : IDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly MemoryLog _log;
    private readonly Committer _store;
    private readonly Committer _other;

    public CommitterTests()
    {
        _store = new Committer(_log = new MemoryLog(_journal), TimeProvider.System);
        _other = new Committer(new MemoryLog(_journal), TimeProvider.System);
    }

    public void Dispose()
    {
        Assert.Equal(1, _journal.Turn.CurrentCount);
        _store.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_turn_that_turns_out_to_be_none_is_taken_again()
    {
        _journal.LostTurns = 3;
        Assert.Null(Define(_store, "A").Refusal);
        Assert.Equal((0, 1), (_journal.LostTurns, _journal.Lines.Count));
    }

    [Fact]
    public void What_somebody_commits_just_before_the_lock_is_there_decides()
    {
        Define(_store, "A");
        Before(() => Define(_other, "B"));
        Assert.Equal(RefusalCode.TaskAlreadyDefined, Define(_store, "B").Refusal!.Code);
        Assert.Equal(2, _journal.Lines.Count);
    }

    [Fact]
    public void A_decision_is_made_anew_only_if_what_it_looked_at_has_changed()
    {
        Define(_store, "A", "B");
        foreach (var (id, decisions) in new[] { ("B", 1), ("A", 2) })
        {
            Before(() => Name(_other, id, "theirs", out _));
            Name(_store, "A", "ours of " + id, out var made);
            Assert.Equal(decisions, made);
        }
        Assert.Equal(["ours of A", "theirs"], _other.Read().Tasks.Select(task => task.Name));
    }

    [Fact]
    public void A_commit_that_may_not_last_is_uncertain_and_the_log_hears_of_it_first()
    {
        Define(_store, "A");
        _journal.Flushing = () => throw new TaskLockingException(RefusalCode.CommitUncertain, "planted");
        Assert.Equal(RefusalCode.CommitUncertain, Assert.Throws<TaskLockingException>(() => Define(_store, "B")).Refusal.Code);
        Assert.Equal(1, _log.Left);
        _journal.Flushing = null;
        _journal.Crash();
        using var survivor = new Committer(new MemoryLog(_journal), TimeProvider.System);
        Assert.Equal(["A"], survivor.Read().Tasks.Select(task => task.Id));
        Assert.Null(Define(survivor, "B").Refusal);
    }

    [Fact]
    public void What_fails_before_the_append_changes_nothing_and_is_told_as_it_is()
    {
        var rule = new DelegateRule<int>(_ => throw new TaskLockingException(RefusalCode.NotPermitted, "no"));
        Assert.Equal(RefusalCode.NotPermitted, Assert.Throws<TaskLockingException>(() => Run(_store, rule)).Refusal.Code);
        Assert.Equal((0, 0), (_journal.Lines.Count, _log.Left));
    }

    [Fact]
    public void An_answer_without_a_change_rests_on_what_lasts_unless_it_rests_on_nothing()
    {
        _journal.Flushing = () => throw new TaskLockingException(RefusalCode.CommitUncertain, "planted");
        Assert.Throws<TaskLockingException>(() => Define(_other, "A"));
        _journal.Flushing = null;
        Run(_store, new DelegateRule<bool>(draft => draft.RestsOnNothing = draft.Find("A") is not null));
        Assert.Equal((1, 0), (_journal.Lines.Count, _journal.Durable));
        Assert.True(Run(_store, new DelegateRule<bool>(draft => draft.Find("A") is not null)));
        Assert.Equal((1, 1), (_journal.Lines.Count, _journal.Durable));
    }

    [Fact]
    public void Only_what_may_be_written_is_rehearsed()
    {
        Run(_store, new DelegateRule<int>(draft => draft.Count));
        Assert.Equal(0, _log.Rehearsed);
        Define(_store, "A");
        Assert.Equal(1, _log.Rehearsed);
    }

    private static TAnswer Run<TAnswer>(Committer store, ITaskRule<TAnswer> rule) =>
        store.Transact(rule, new LockSession(), new CommitOptions());

    private static TaskOutcome Define(Committer store, params string[] ids) =>
        Run(store, new DefineRule([.. ids.Select(id => new TaskDefinition(id))]))[0];

    private static void Name(Committer store, string id, string name, out int decisions)
    {
        var made = 0;
        Run(store, new DelegateRule<int>(draft =>
        {
            made++;
            var task = draft.Find(id)!;
            draft.Change(task).Set("name", task.Name, name).Apply();
            return 0;
        }));
        decisions = made;
    }

    // The next time that a turn is asked for.
    private void Before(Action act) => _journal.Asked = () =>
    {
        _journal.Asked = null;
        act();
    };
}
