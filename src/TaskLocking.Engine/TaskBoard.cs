using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Metrics;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// The one face of the engine for tasks: each verb is one method, each writing method one commit. Open one board a workspace and keep
/// it; it is safe for several threads. Reads take no lock. What concerns one item of several is a value in the answer; what concerns
/// the whole call is a <see cref="TaskLockingException"/>; a cancelled wait is an <see cref="OperationCanceledException"/>.
/// </summary>
public sealed partial class TaskBoard : IDisposable
{
    private readonly ITaskStore _store;
    private readonly TimeProvider _clock;
    private readonly ILiveness _liveness;
    private readonly FilePaths _files;
    private readonly MetricsLog _metrics;
    private readonly HistoryKeeper _histories;

    /// <summary>Puts the verbs over any store. What is measured is known to this board alone.</summary>
    /// <param name="store">Owned by the board from now on.</param>
    /// <param name="workspace">The folder that the tasks are about: paths of files are relative to it.</param>
    /// <param name="session">The session that holds locks.</param>
    /// <param name="options">The clock, and who judges processes; null for the defaults.</param>
    /// <param name="address">The address of a store that is not in the folder.</param>
    internal TaskBoard(ITaskStore store, string workspace, LockSession session, TaskBoardOptions? options = null, string? address = null)
        : this(store, workspace, session, options ?? new TaskBoardOptions(), paths: null) => Address = address;

    private TaskBoard(ITaskStore store, string workspace, LockSession session, TaskBoardOptions options, StorePaths? paths)
    {
        _clock = options.Clock;
        _liveness = options.Liveness ?? ProcessLiveness.OfThisHost;
        _files = new FilePaths(workspace);
        _metrics = new MetricsLog(paths, options.Clock, options.OneShot);
        _store = store;
        _histories = new HistoryKeeper(store, options.Clock, session);
        Workspace = workspace;
        Session = session;
    }

    /// <summary>The full path of the folder that has, or will have, <c>.todo2</c>.</summary>
    public string Workspace { get; }

    /// <summary>The address of a board in a database; null for one in the folder.</summary>
    public string? Address { get; }

    /// <summary>The session in whose name locks are held and held tasks are let through.</summary>
    public LockSession Session { get; }

    internal TaskHolds Holds => new(_store, Session);

    /// <summary>Opens the file store of a folder. Nothing is read or made before the first verb.</summary>
    /// <param name="workspace">An existing folder; see <see cref="WorkspacePath"/> for how a user names one.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static TaskBoard Open(string workspace, TaskBoardOptions? options = null)
    {
        options = options is null ? new TaskBoardOptions() : options with { };
        var full = WorkspacePath.Canonical(workspace);
        var store = new FileTaskStore(full, options);
        return new TaskBoard(store, full, options.Session ?? LockSession.ForProcess(), options, store.Log.Paths);
    }

    /// <summary>The tasks that meet the query, in document order.</summary>
    public IReadOnlyList<AgentTask> GetTasks(TaskQuery? query = null)
    {
        var state = _store.Read();
        return FamilyQueries.Tallied(state, TaskQueries.Select(state, query, _clock.GetUtcNow()));
    }

    /// <summary>The task with exactly this id, or null.</summary>
    public AgentTask? FindTask(string id)
    {
        var state = _store.Read();
        return state.Find(id) is { } task ? FamilyQueries.Tallied(state, task) : null;
    }

    /// <summary>
    /// The changes of a task and the notes on it, oldest first; what foreign tools wrote is in it as far as it can be read.
    /// </summary>
    /// <exception cref="TaskLockingException">TaskNotFound; StateCorrupt where a part of the history is missing or damaged.</exception>
    public IReadOnlyList<TaskHistoryEntry> GetHistory(string id) =>
        TaskQueries.History(_store.Read(), id, _store.Archive.Histories, FindArchivedTask);

    /// <summary>Everybody who has tasks, most open tasks first.</summary>
    public IReadOnlyList<AssigneeWorkload> GetWorkload() => TaskQueries.Workload(_store.Read());

    /// <summary>Defines tasks. One commit for those that are new; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Define(IReadOnlyList<TaskDefinition> definitions, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Tell(Transact(Once(new DefineRule(Tidy(Asked.Now(definitions))), options, AnswerForms.Each,
            () => RequestPrint.Of("define", definitions)), definitions.Count, options, cancellationToken));

    /// <summary>Changes fields. One commit for those that can be; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Edit(IReadOnlyList<TaskEdit> edits, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Tell(Transact(Once(new EditRule(Tidy(Asked.Now(edits)), _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("edit", edits)), edits.Count, options, cancellationToken));

    /// <summary>Removes tasks. One commit for those that can be; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> Remove(IReadOnlyList<TaskRemoval> removals, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new RemoveRule(Asked.Now(removals), _liveness), removals.Count, options, cancellationToken);

    /// <summary>Assigns tasks, all or none unless <see cref="AssignmentRequest.SkipConflict"/>: check and write in one step.</summary>
    public AssignmentResult Assign(AssignmentRequest request, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new AssignRule(Asked.Now(request), _liveness), options, AnswerForms.Batch,
            () => RequestPrint.Of("assign", request)), request.Ids.Count, options, cancellationToken);

    /// <summary>Takes assignments back, all or none unless <see cref="UnassignmentRequest.SkipConflict"/>.</summary>
    public AssignmentResult Unassign(UnassignmentRequest request, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new UnassignRule(Asked.Now(request), _liveness), options, AnswerForms.Batch,
            () => RequestPrint.Of("unassign", request)), request.Ids.Count, options, cancellationToken);

    /// <summary>Adds dependencies. One commit for those that can be; a circle is refused with its ids.</summary>
    public IReadOnlyList<TaskOutcome> AddDependencies(IReadOnlyList<DependencyEdit> edits, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Tell(Transact(Once(new DependencyRule(Asked.Now(edits), remove: false, _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("depend", edits)), edits.Count, options, cancellationToken));

    /// <summary>Takes dependencies away; one that is not there is no change.</summary>
    public IReadOnlyList<TaskOutcome> RemoveDependencies(IReadOnlyList<DependencyEdit> edits, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new DependencyRule(Asked.Now(edits), remove: true, _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("undepend", edits)), edits.Count, options, cancellationToken);

    /// <summary>
    /// Circles and dangling ids, tasks that wait for what will not come, and what in the todos of a document is not understood. Reads all.
    /// </summary>
    public GraphReport CheckGraph() => GraphQueries.Report(_store.Read(), _store.Archive);

    /// <summary>What could be taken now, by priority, then age.</summary>
    public IReadOnlyList<AgentTask> GetReady(ReadyQuery? query = null) =>
        ReadinessQuery.Select(_store.Read(), query ?? new ReadyQuery(), _clock.GetUtcNow(), _liveness, _files.Compare());

    /// <summary>Whether a task could be taken now, and everything that stands in the way.</summary>
    /// <exception cref="TaskLockingException">TaskNotFound.</exception>
    public Readiness Explain(string id, ReadyQuery? query = null) =>
        ReadinessQuery.Explain(
            _store.Read(), id, query ?? new ReadyQuery(), _clock.GetUtcNow(), _liveness, _files.Compare(), _store.Locks, Session);

    /// <summary>How far a swarm is; null for the whole workspace.</summary>
    public TaskProgress GetProgress(string? swarm = null) => ProgressQuery.Of(_store.Read(), swarm, _clock.GetUtcNow(), _liveness);

    /// <summary>How far all that is below a task is, at any depth; the task itself is not counted.</summary>
    /// <param name="parent">The task.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for an empty id, TaskNotFound.</exception>
    public TaskProgress GetProgressBelow(string parent)
    {
        var state = _store.Read();
        if (TaskFields.NamedId(parent) is { } fault)
            throw new TaskLockingException(TaskRefusals.Invalid(parent, fault));
        return state.Find(parent) is not null ? ProgressQuery.Below(state, parent, _clock.GetUtcNow(), _liveness)
            : throw new TaskLockingException(TaskRefusals.NotFound(parent));
    }

    /// <summary>
    /// Who works on what, since when and by what claim, and what is the matter with the tasks that do not go on by themselves.
    /// </summary>
    /// <param name="swarm">Null for the whole workspace.</param>
    public IReadOnlyList<WorkStatus> GetWork(string? swarm = null) =>
        WorkStatusQuery.Of(_store.Read(), swarm, _clock.GetUtcNow(), _liveness);

    /// <summary>
    /// Finds the best ready tasks that the agent may do and claims them, and starts them if that is asked for, in one step.
    /// </summary>
    public TaskRequestAnswer Request(TaskRequest request, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(Once(Rule(request), options, AnswerForms.Claims, () => RequestPrint.Of("request", request)), request.Count, options,
            cancellationToken, request.Holder.Agent);

    /// <summary>Begins work on tasks that are assigned to, or claimed by, the agent. Gives a claim where there is none yet.</summary>
    public IReadOnlyList<TaskOutcome> Start(IReadOnlyList<StartRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new StartRule(Asked.Now(requests), _liveness, _files.Compare()), options, AnswerForms.Each,
            () => RequestPrint.Of("start", requests)), requests.Count, options, cancellationToken,
            requests.Count > 0 ? requests[0].Holder.Agent : null);

    /// <summary>Ends work: Done, or Review where a person has to approve. Frees the claim and its files.</summary>
    public IReadOnlyList<TaskOutcome> Complete(IReadOnlyList<CompleteRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new CompleteRule(Asked.Now(requests), _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("complete", requests)), requests.Count, options, cancellationToken, requests.Count > 0
            ? requests[0].Agent : null);

    /// <summary>Ends work and claims the next, in one step. Where the end of a task is refused, nothing is claimed.</summary>
    public CompletionAnswer CompleteAndRequest(IReadOnlyList<CompleteRequest> requests, TaskRequest next, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new CompleteNextRule(new CompleteRule(Asked.Now(requests), _liveness), Rule(next)), options,
            AnswerForms.EachAndClaims, () => RequestPrint.Of("complete", requests, next)), requests.Count, options, cancellationToken,
            next.Holder.Agent);

    /// <summary>Reports failures: another attempt later, or Failed for good, which blocks what depends on it.</summary>
    public IReadOnlyList<TaskOutcome> Fail(IReadOnlyList<FailRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new FailRule(Asked.Now(requests), _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("fail", requests)), requests.Count, options, cancellationToken, requests.Count > 0
            ? requests[0].Agent : null);

    /// <summary>Puts tasks back into the queue by hand.</summary>
    public IReadOnlyList<TaskOutcome> Restart(IReadOnlyList<RestartRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new RestartRule(Asked.Now(requests), _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("restart", requests)), requests.Count, options, cancellationToken);

    /// <summary>Sends reviewed work back to Todo, with the reason.</summary>
    public IReadOnlyList<TaskOutcome> Reject(IReadOnlyList<RejectRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new RejectRule(Asked.Now(requests)), options, AnswerForms.Each,
            () => RequestPrint.Of("reject", requests)), requests.Count, options, cancellationToken);

    /// <summary>Leaves notes on tasks. One commit for those that can be; the others are refused one by one.</summary>
    public IReadOnlyList<TaskOutcome> AddNotes(IReadOnlyList<NoteRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new NoteRule(Asked.Now(requests)), options, AnswerForms.Each,
            () => RequestPrint.Of("note", requests)), requests.Count, options, cancellationToken);

    /// <summary>Prolongs claims from now on.</summary>
    public IReadOnlyList<TaskOutcome> Renew(IReadOnlyList<RenewRequest> requests, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(Once(new RenewRule(Asked.Now(requests), _liveness), options, AnswerForms.Each,
            () => RequestPrint.Of("renew", requests)), requests.Count, options, cancellationToken, requests.Count > 0
            ? requests[0].Agent : null);

    /// <summary>Gives claims back that nobody has worked under: for whoever could not be told of them.</summary>
    public IReadOnlyList<TaskOutcome> GiveBack(
        IReadOnlyList<GiveBackRequest> requests, CommitOptions? options = null, CancellationToken cancellationToken = default) =>
        Transact(new GiveBackRule(Asked.Now(requests)), requests.Count, options, cancellationToken, requests.Count > 0 ? requests[0].Agent
            : null);

    /// <summary>Registers agents, or changes their registration.</summary>
    public IReadOnlyList<AgentOutcome> RegisterAgents(IReadOnlyList<AgentProfile> agents, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new RegisterAgentRule(FixedList<AgentProfile>.Of(agents)), agents.Count, options, cancellationToken);

    /// <summary>Takes agents out; refused while they have claims, unless forced.</summary>
    public IReadOnlyList<AgentOutcome> UnregisterAgents(IReadOnlyList<AgentRemoval> removals, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new UnregisterAgentRule(Asked.Now(removals)), removals.Count, options, cancellationToken);

    /// <summary>The registered agents, by name.</summary>
    public IReadOnlyList<AgentProfile> GetAgents() => _store.Read().Agents.ToList();

    /// <summary>The nightly run: maintenance, then ready, background-capable tasks to the agents with the fewest open tasks.</summary>
    public AssignmentRun RunAssignment(AssignmentRunRequest request, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new NightlyRun(this, _store, _clock, _liveness, _files).Run(Asked.Now(request),
            (options ?? new CommitOptions()) with { }, cancellationToken);

    /// <summary>When the last nightly run was and what it did; null if none was, or it found nothing on a board without a commit.</summary>
    public AssignmentRunRecord? GetLastRun() => _store.Read().LastRun;

    /// <summary>
    /// Brings the document up to date, adopts what others wrote into it, makes a checkpoint if one is due, and sweeps the lock files of
    /// closed tasks and what killed processes left half-written.
    /// </summary>
    public SyncReport Sync(CommitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var report = _store.Sync(options ?? new CommitOptions(), cancellationToken);
        SweepHistories();
        return report;
    }

    internal ITaskState State(CancellationToken cancellationToken) => _store.Read(cancellationToken);

    /// <summary>
    /// What a person has to know about the store although every verb did what it was asked for: what was put aside, who sees an old
    /// document. Each once, what lasts every time; also after <see cref="Dispose"/>.
    /// </summary>
    public IReadOnlyList<StoreNotice> TakeNotices() => _store.TakeNotices();

    /// <summary>Waits, holds, conflicts, timeouts and broken leases, over all processes of the workspace.</summary>
    /// <exception cref="TaskLockingException">What the system said; StoreUnavailable where the board is in a database.</exception>
    public LockMetrics GetMetrics() => Address is null ? _metrics.Read() : throw NoMetrics();

    /// <summary>Forgets what was counted so far, for all processes; what others have not told yet comes later.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said; as above.</exception>
    public void ResetMetrics()
    {
        if (Address is not null)
            throw NoMetrics();
        _metrics.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _metrics.Dispose();
    }

    internal TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, int count, CommitOptions? options, CancellationToken cancellationToken,
        string? agent = null)
    {
        options ??= new CommitOptions();
        if (options is { RequestId: not null, WhatIf: false } && rule is not OnceRule<TAnswer>)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "This request cannot have an id of its own: leave it out.");
        if (options.WhatIf)
            return Preview(rule, options, cancellationToken);
        var meter = new CommitMeter(_metrics, agent ?? options.By ?? Author.Default);
        var report = options.OnCommitted;
        IReadOnlyList<LongTodo> longTodos = [];
        options = options with
        {
            Timeout = options.Timeout ?? TimeSpan.FromSeconds(count > 1 ? 10 : 5),
            OnCommitted = told =>
            {
                meter.Committed(told);
                longTodos = told.LongTodos;
                report?.Invoke(told);
            },
        };
        try
        {
            var answer = _store.Transact(rule, Session, options, cancellationToken);
            meter.Answered(answer);
            if (longTodos.Count > 0)
                _histories.Bound(longTodos, options, cancellationToken);
            return answer;
        }
        catch (TaskLockingException refused)
        {
            meter.Failed(refused.Refusal);
            throw;
        }
    }

    // On a draft that nobody commits.
    private TAnswer Preview<TAnswer>(ITaskRule<TAnswer> rule, CommitOptions options, CancellationToken cancellationToken)
    {
        var state = new DetachedState(_store.Read(cancellationToken));
        return rule.Decide(new TaskDraft(state, _clock.GetUtcNow(), options.By ?? Author.Default, state.Version + 1,
            archive: _store.Archive));
    }

    private TaskLockingException NoMetrics() => new(RefusalCode.StoreUnavailable,
        $"Waits and holds are counted in the folder of a board; '{Address}' has none. "
        + "The server counts its own: pg_stat_activity, pg_locks.");

    // With a request that names itself it is done once, however often it is sent.
    private static ITaskRule<TAnswer> Once<TAnswer>(
        ITaskRule<TAnswer> rule, CommitOptions? options, AnswerForm<TAnswer> form, Func<string> print)
    {
        if (options is not { RequestId: { } id, WhatIf: false })
            return rule;
        var fault = id.Length is 0 or > ServedRequest.LongestId ? $"it has {id.Length} characters"
            : id.Any(char.IsControl) ? "it has control characters" : null;
        return fault is null ? new OnceRule<TAnswer>(rule, id, print(), form) : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{id}' cannot be the id of a request: {fault}. 1 to {ServedRequest.LongestId} can be, for example a new GUID.");
    }

    private RequestRule Rule(TaskRequest request) => new(Asked.Now(request), _liveness, _files.Compare(), Holds);

    private IReadOnlyList<TaskOutcome> Tell(IReadOnlyList<TaskOutcome> outcomes)
    {
        if (MissingDependencies.Notice(outcomes, () => _store.Read()) is { } missing)
            _store.Tell(missing);
        if (VainDependencies.Notice(outcomes, () => _store.Read()) is { } inVain)
            _store.Tell(inVain);
        return outcomes;
    }

    // A task's files are kept as leases keep them: which file it is depends on the workspace, which a rule does not look at.
    private IReadOnlyList<TaskDefinition> Tidy(IReadOnlyList<TaskDefinition> definitions) =>
        definitions.All(definition => definition.Files.Count == 0) ? definitions : definitions.Select(Tidy).ToList();

    private TaskDefinition Tidy(TaskDefinition definition) => definition.Files.Count == 0 ? definition
        : definition with { Files = _files.TryNormalize(definition.Files, out var fault) ?? definition.Files, FilesFault = fault };

    private IReadOnlyList<TaskEdit> Tidy(IReadOnlyList<TaskEdit> edits) =>
        edits.All(edit => edit.Files is null) ? edits : edits.Select(Tidy).ToList();

    private TaskEdit Tidy(TaskEdit edit) => edit.Files is null ? edit
        : edit with { Files = _files.TryNormalize(edit.Files, out var fault) ?? edit.Files, FilesFault = fault };
}
