using System;
using TaskLocking.FileStore;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>What an answer costs that changes nothing.</summary>
public sealed class EmptyAnswerTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly FileTaskStore _writer;
    private readonly FileTaskStore _asker;
    private int _flushes;

    public EmptyAnswerTests()
    {
        _writer = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        _asker = new FileTaskStore(_place.Path, new TaskBoardOptions());
        _asker.Log.Flush.Before = () => _flushes++;
        Run(_writer, new DefineRule([new TaskDefinition("T")]));
        Assert.NotNull(Run(_writer, Request("w")).Task);
    }

    public void Dispose()
    {
        _asker.Dispose();
        _writer.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void That_nothing_is_free_rests_on_nothing_and_is_not_flushed()
    {
        Assert.NotNull(Run(_asker, Request("a")).Nothing);
        Assert.Equal(0, _flushes);
    }

    [Fact]
    public void That_something_is_so_already_is_flushed()
    {
        Assert.False(Run(_asker,
            new StartRule([new StartRequest("T", new LeaseHolder("w"))], Processes, StringComparison.Ordinal))[0].Refusal is not null);
        _flushes = 0;
        using var third = new FileTaskStore(_place.Path, new TaskBoardOptions());
        third.Log.Flush.Before = () => _flushes++;
        var again = Run(third, new StartRule([new StartRequest("T", new LeaseHolder("w"))], Processes, StringComparison.Ordinal))[0];
        Assert.False(again.Changed);
        Assert.Equal(1, _flushes);
    }

    [Fact]
    public void What_changes_nothing_is_decided_once_where_nobody_came_in_between()
    {
        var decided = 0;
        var rule = new DelegateRule<string?>(draft =>
        {
            decided++;
            return draft.Find("T")?.Id;
        });
        Run(_asker, rule);
        decided = 0;
        Run(_asker, rule);
        Assert.Equal(1, decided);
        Run(_writer, new EditRule([new TaskEdit("T") { Name = "another" }]));
        decided = 0;
        Run(_asker, rule);
        Assert.InRange(decided, 1, 2);
        Assert.Equal("another", _asker.Read().Find("T")!.Name);
    }

    private static readonly KnownProcesses Processes = new();

    private static TAnswer Run<TAnswer>(FileTaskStore store, ITaskRule<TAnswer> rule) =>
        store.Transact(rule, new LockSession(), new CommitOptions(), TestContext.Current.CancellationToken);

    private static RequestRule Request(string agent) =>
        new(new TaskRequest(new LeaseHolder(agent)), Processes, StringComparison.Ordinal);
}
