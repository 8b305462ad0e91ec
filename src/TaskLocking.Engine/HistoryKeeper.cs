using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <summary>
/// Keeps the histories inside todos short: when a commit has left one with too many entries, the older ones go to the archive, in a commit
/// of their own behind it. A part is written, and lasts, before that; so a death in between leaves all where it was.
/// </summary>
/// <remarks>
/// Failure modes: whatever keeps the entries from leaving, the change that was made stands and is answered; a fault is told in a line, and
/// the next change of the task tries again. Who does the same at the same time comes first or second; the other's part is taken away.
/// </remarks>
internal sealed class HistoryKeeper(ITaskStore store, TimeProvider clock, LockSession session)
{
    // What was done is not kept waiting for what can be done at the next change.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Parts that others put into larger ones, or a killed process left. Who began to read before that has long ended, and what others bring
    // back of an older state, has been brought back.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // From which length on a todo is looked at again: as long as it is shorter it cannot have too many entries.
    private readonly Dictionary<string, long> _enough = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    /// <summary>To be called behind a commit.</summary>
    /// <param name="todos">The todos that it has left long.</param>
    /// <param name="options">Its own.</param>
    /// <param name="cancellationToken">Ends it; the entries then stay where they are.</param>
    public void Bound(IReadOnlyList<LongTodo> todos, CommitOptions options, CancellationToken cancellationToken)
    {
        // One thread of a process at a time: others would only come second.
        if (!Monitor.TryEnter(_gate))
            return;
        try
        {
            if (TooLong(todos) is { Count: > 0 } tasks)
                Move(tasks, options, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What was asked for is done.
        }
        catch (TaskLockingException refused)
        {
            if (refused.Refusal.Code != RefusalCode.LockTimeout)
                Tell(refused.Refusal);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Takes away parts that no todo names, once they are a day old.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where an archived task cannot be read, so that nobody knows what it
    /// names.</exception>
    public void Sweep()
    {
        var histories = store.Archive.Histories;
        if (histories.Older(clock.GetUtcNow() - Kept) is not { Count: > 0 } old)
            return;
        var named = HistoryNames.Of((StateSnapshot)store.Read(), store.Archive);
        foreach (var name in old.Where(name => !named.Contains(name)))
            histories.Discard(name);
    }

    private List<AgentTask> TooLong(IReadOnlyList<LongTodo> todos)
    {
        var tasks = new List<AgentTask>();
        ITaskState? state = null;
        foreach (var todo in todos)
        {
            if (_enough.TryGetValue(todo.Id, out var enough) && todo.Length < enough)
                continue;
            state ??= store.Read();
            if (state.Find(todo.Id) is not { Source: { } source } task)
                continue;
            var room = HistoryBound.Most - HistoryPlan.CountOf(task);
            if (room < 0)
                tasks.Add(task);
            else
                // A todo may be read anew without the white space that its document gives it.
                _enough[todo.Id] = Math.Min(todo.Length, source.Json.Length) + (room + 1L) * HistoryBound.LeastEntry;
        }
        return tasks;
    }

    private void Move(List<AgentTask> tasks, CommitOptions options, CancellationToken cancellationToken)
    {
        var plan = HistoryPlan.Of(tasks, store.Archive.Histories, clock.GetUtcNow());
        // What cannot leave is looked at again when it is as long once more.
        foreach (var task in tasks)
            _enough[task.Id] = task.Source!.Json.Length + (long)HistoryBound.LeastLength;
        if (plan.Shares.Count == 0)
            return;
        store.Archive.Histories.Write(plan.Name, plan.Lines);
        Failpoint.Hit("history.after-write");
        IReadOnlyList<string> moved;
        try
        {
            moved = store.Transact(new HistoryRule(plan.Shares), session, new CommitOptions { By = options.By, Timeout = Patience },
                cancellationToken);
        }
        catch (Exception refused) when (refused is not TaskLockingException { Refusal.Code: RefusalCode.CommitUncertain })
        {
            store.Archive.Histories.Discard(plan.Name);
            foreach (var share in plan.Shares)
                _enough.Remove(share.Task.Id);
            throw;
        }
        if (moved.Count == 0)
            store.Archive.Histories.Discard(plan.Name);
        foreach (var share in plan.Shares)
            _enough.Remove(share.Task.Id);
        Failpoint.Hit("history.after-commit");
    }

    private void Tell(Refusal refusal) => store.Tell(new StoreNotice(StoreNoticeKind.HistoryNotMoved,
        "The change was made, and its history grows on in the document, since the older part of it cannot go to the archive: "
        + refusal.Message, refusal.Path));
}
