using System;
using System.Collections.Generic;
using System.Threading;

namespace TaskLocking;

/// <summary>To follow a board: what was committed, what comes, how far tasks are.</summary>
public sealed partial class TaskBoard
{
    /// <summary>
    /// Waits until the board has a version that the caller has not seen, whoever made it. Mostly that is known within some milliseconds.
    /// Locks nothing.
    /// </summary>
    /// <param name="version">The newest version that the caller has seen, as <see cref="CommitReport.Version"/> or
    /// <see cref="GetVersion"/> tells it.</param>
    /// <param name="atMost">The longest wait: zero looks once, infinite waits for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if there is a newer one, false when the time is over.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken = default) =>
        _store.WaitForChange(version, atMost, cancellationToken);

    /// <summary>
    /// Follows what is committed, from now on or from behind a version that was seen. Takes no lock that a writer waits for.
    /// </summary>
    /// <param name="after">The version that was seen last, as <see cref="TaskEvent.Version"/> or <see cref="GetVersion"/> tells it; 0 for a
    /// board that was empty; <see cref="TaskFeed.Oldest"/> for all that is kept; null: from now on.</param>
    /// <returns>To be disposed of before the board.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument; EventsLost: not all that came since is kept.</exception>
    public TaskFeed OpenFeed(long? after = null) => new(_store, after);

    /// <summary>Follows what people want to be told: failures, work to approve, tasks that are stuck, swarms that are done.</summary>
    /// <param name="position">What was looked at so far; null: from now on.</param>
    /// <returns>To be disposed of before the board.</returns>
    /// <exception cref="TaskLockingException">EventsLost: not all that came since is kept.</exception>
    public HookFeed OpenHookFeed(HookPosition? position = null) => new(_store, position);

    /// <summary>
    /// Waits until tasks have come to a status, or will not as things stand. Locks nothing; waits for changes, without asking all the time.
    /// </summary>
    /// <returns>One outcome for each id, in their order: the task that has come there, or why not: TaskNotFound, StatusConflict for one
    /// that ended otherwise, WaitTimeout.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public IReadOnlyList<TaskOutcome> WaitFor(TaskWait wait, CancellationToken cancellationToken = default) =>
        new StatusWait(this, Asked.Now(wait)).Run(cancellationToken);

    /// <summary>
    /// The same as <see cref="Request"/>, but where nothing is free it waits for a task. Locks nothing meanwhile; waits for changes,
    /// without asking all the time. With <see cref="CommitOptions.WhatIf"/> it looks once.
    /// </summary>
    /// <returns>What was claimed; none when the time is over, or when nothing is left to wait for, and why.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument, and what a request is refused for.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was claimed.</exception>
    public TaskRequestAnswer RequestWhenFree(TaskRequest request, RequestWait wait, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new FreeTaskWait(this, Asked.Now(request), wait with { }).Run(options ?? new CommitOptions(), cancellationToken);

    /// <summary>
    /// The same as <see cref="CompleteAndRequest"/>, but where nothing is free then it waits for a task. Who has a
    /// <see cref="CommitOptions.RequestId"/> has the claim that was waited for under that id and <c>+next</c>.
    /// </summary>
    /// <returns>What ended and what was claimed. Also where the wait is cancelled or fails, for what has ended has ended.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument, and what the ends and the request are refused for.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing ended.</exception>
    public CompletionAnswer CompleteAndRequestWhenFree(IReadOnlyList<CompleteRequest> requests, TaskRequest next, RequestWait wait,
        CommitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CommitOptions();
        var waiting = new FreeTaskWait(this, Asked.Now(next), wait with { });
        var ofNext = FreeTaskWait.OfNext(options);
        var answer = CompleteAndRequest(requests, next, options, cancellationToken);
        return answer.Next is not { Task: null } ? answer
            : new CompletionAnswer(answer.Completed, waiting.RunToAnyEnd(ofNext, cancellationToken));
    }

    /// <summary>The number of the newest commit; 0 for an empty board. Takes no lock.</summary>
    public long GetVersion() => _store.Read().Version;
}
