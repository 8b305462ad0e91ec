using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Storage;
using TaskLocking.Tasks;

namespace TaskLocking;

/// <summary>
/// The one face of the engine for tasks: each verb is one method, each writing method one commit. Open one board a workspace and keep
/// it; it is safe for several threads. Reads take no lock. What concerns one item of several is a value in the answer; what concerns
/// the whole call is a <see cref="Diagnostics.TaskLockingException"/>; a cancelled wait is an <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class TaskBoard : IDisposable
{
    private readonly ITaskStore _store;

    /// <summary>Puts the verbs over any store.</summary>
    /// <param name="store">Owned by the board from now on.</param>
    /// <param name="workspace">The folder that has <c>.todo2</c>.</param>
    /// <param name="session">The session that holds locks.</param>
    public TaskBoard(ITaskStore store, string workspace, LockSession session)
    {
        _store = store;
        Workspace = workspace;
        Session = session;
    }

    /// <summary>The full path of the folder that has, or will have, <c>.todo2</c>.</summary>
    public string Workspace { get; }

    /// <summary>The session in whose name locks are held and held tasks are let through.</summary>
    public LockSession Session { get; }

    /// <summary>Opens the file store of a folder. Nothing is read or made before the first verb.</summary>
    /// <param name="workspace">An existing folder; see <see cref="WorkspacePath"/> for how a user names one.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static TaskBoard Open(string workspace, TaskBoardOptions? options = null)
    {
        options ??= new TaskBoardOptions();
        var full = WorkspacePath.Canonical(workspace);
        return new TaskBoard(new FileTaskStore(full, options), full, options.Session ?? LockSession.ForProcess());
    }

    /// <summary>The tasks that meet the query, in document order.</summary>
    public IReadOnlyList<AgentTask> GetTasks(TaskQuery? query = null) => TaskQueries.Select(_store.Read(), query);

    /// <summary>The task with exactly this id, or null.</summary>
    public AgentTask? FindTask(string id) => _store.Read().Find(id);

    /// <summary>The changes of a task, oldest first; what foreign tools wrote is in it as far as it can be read.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">TaskNotFound.</exception>
    public IReadOnlyList<TaskHistoryEntry> GetHistory(string id) => TaskQueries.History(_store.Read(), id);

    /// <summary>Everybody who has tasks, most open tasks first.</summary>
    public IReadOnlyList<AssigneeWorkload> GetWorkload() => TaskQueries.Workload(_store.Read());

    /// <summary>Defines tasks. One commit for those that are new; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Define(IReadOnlyList<TaskDefinition> definitions, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new DefineRule(definitions), definitions.Count, options, cancellationToken);

    /// <summary>Changes fields. One commit for those that can be; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Edit(IReadOnlyList<TaskEdit> edits, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new EditRule(edits), edits.Count, options, cancellationToken);

    /// <summary>Removes tasks. One commit for those that can be; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Remove(IReadOnlyList<TaskRemoval> removals, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new RemoveRule(removals), removals.Count, options, cancellationToken);

    /// <summary>Assigns tasks, all or none unless <see cref="AssignmentRequest.SkipConflict"/>: check and write in one step.</summary>
    public AssignmentResult Assign(AssignmentRequest request, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new AssignRule(request), request.Ids.Count, options, cancellationToken);

    /// <summary>Takes assignments back, all or none unless <see cref="UnassignmentRequest.SkipConflict"/>.</summary>
    public AssignmentResult Unassign(UnassignmentRequest request, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new UnassignRule(request), request.Ids.Count, options, cancellationToken);

    /// <summary>
    /// Locks tasks for as long as the caller works: others' changes to them wait. Taken in ordinal order, so two callers cannot block
    /// each other for ever. Dispose the hold, or end the process, to let go.
    /// </summary>
    /// <exception cref="Diagnostics.TaskLockingException">TaskNotFound, LockTimeout, LockRecursion (the session has one already),
    /// LockOrder (the session holds a later one).</exception>
    public TaskHold Hold(IReadOnlyList<string> ids, HoldOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "No task is named. Name at least one, for example T-1.");
        var state = _store.Read(cancellationToken);
        foreach (var id in ids)
        {
            if (state.Find(id) is null)
                throw new TaskLockingException(new Refusal(RefusalCode.TaskNotFound, $"Task {id} not found") { TaskId = id });
        }
        var paths = new StorePaths(Workspace);
        return TaskHold.Acquire(paths.Locks, paths.StateLock, Session, ids, options ?? new HoldOptions(), cancellationToken);
    }

    /// <summary>
    /// Brings the document up to date, adopts what others wrote into it, makes a checkpoint if one is due, and sweeps the lock files of
    /// closed tasks and what killed processes left half-written.
    /// </summary>
    public SyncReport Sync(CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        ((FileTaskStore)_store).Sync(options ?? new CommitOptions(), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, int count, CommitOptions? options, CancellationToken cancellationToken)
    {
        options ??= new CommitOptions();
        if (options.Timeout is null)
            options = options with { Timeout = TimeSpan.FromSeconds(count > 1 ? 10 : 5) };
        return _store.Transact(rule, Session, options, cancellationToken);
    }
}
