using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>A worker whose store is away for a while, as a server is that starts again, and whose answers get lost.</summary>
public sealed class AgentWorkTests : IDisposable
{
    private static readonly LeaseHolder Holder = new("w")
    {
        Pid = Environment.ProcessId,
        Host = ProcessLiveness.HostName,
        ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
    };

    private readonly TempWorkspace _place = new();
    private readonly FailingStore _store;
    private readonly TaskBoard _board;
    private readonly List<RefusalCode> _troubles = [];

    public AgentWorkTests()
    {
        _store = new FailingStore(new FileTaskStore(_place.Path, new TaskBoardOptions()));
        _board = new TaskBoard(_store, _place.Path, new LockSession());
        _board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(RefusalCode.StoreUnavailable, false)]
    [InlineData(RefusalCode.DiskFull, false)]
    [InlineData(RefusalCode.CommitUncertain, false)]
    [InlineData(RefusalCode.CommitUncertain, true)]
    public void It_goes_on_where_the_store_was_away(RefusalCode code, bool cameThrough)
    {
        using var work = Work();
        Do(work, "A");
        _store.Failures.Enqueue((code, cameThrough));
        Do(work, "B");
        Assert.Null(work.Take(TestContext.Current.CancellationToken));
        Assert.Equal((WorkEnd.Empty, false), (work.End, work.HasUndone));
        Assert.Equal([code], _troubles);
        // One claim, whatever became of its answer.
        Assert.Single(_board.GetHistory("B"), entry => entry is { Field: "claim", NewValue: not null });
    }

    [Fact]
    public void From_the_beginning_that_is_told()
    {
        using var work = Work();
        _store.Failures.Enqueue((RefusalCode.StoreUnavailable, false));
        Assert.Equal(RefusalCode.StoreUnavailable, Assert.Throws<TaskLockingException>(
            () => work.Take(TestContext.Current.CancellationToken)).Refusal.Code);
    }

    [Fact]
    public void What_is_wrong_with_the_request_is_no_trouble_of_the_store()
    {
        using var work = Work();
        Do(work, "A");
        _store.Failures.Enqueue((RefusalCode.NotPermitted, false));
        Assert.Equal(RefusalCode.NotPermitted, Assert.Throws<TaskLockingException>(
            () => work.Take(TestContext.Current.CancellationToken)).Refusal.Code);
        Assert.Empty(_troubles);
    }

    private AgentWork Work() => new(_board, new WorkRequest(Holder)
    {
        UntilEmpty = true,
        OnTrouble = refusal => _troubles.Add(refusal.Code),
    });

    private static void Do(AgentWork work, string id)
    {
        using var item = work.Take(TestContext.Current.CancellationToken);
        Assert.Equal(id, item!.Task.Id);
        Assert.Equal(WorkResultKind.Done, item.Finish(failure: null, cancellationToken: TestContext.Current.CancellationToken).Result);
    }

    // The next commits are refused, before they are made or after.
    private sealed class FailingStore(ITaskStore store) : ITaskStore
    {
        public Queue<(RefusalCode Code, bool CameThrough)> Failures { get; } = new();

        public ITaskLocks Locks => store.Locks;

        public ITaskArchive Archive => store.Archive;

        public void Begin(TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken) =>
            store.Begin(timeout, onWait, cancellationToken);

        public ITaskState Read(CancellationToken cancellationToken = default) => store.Read(cancellationToken);

        public TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, CommitOptions options,
            CancellationToken cancellationToken = default)
        {
            if (!Failures.TryDequeue(out var failure))
                return store.Transact(rule, session, options, cancellationToken);
            if (failure.CameThrough)
                store.Transact(rule, session, options, cancellationToken);
            throw new TaskLockingException(new Refusal(failure.Code, "It fails."));
        }

        public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken = default) =>
            store.WaitForChange(version, atMost, cancellationToken);

        public ICommitTail OpenTail(long? after) => store.OpenTail(after);

        public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken = default) =>
            store.Sync(options, cancellationToken);

        public void Tell(StoreNotice notice) => store.Tell(notice);

        public IReadOnlyList<StoreNotice> TakeNotices() => store.TakeNotices();

        public void Dispose() => store.Dispose();
    }
}
