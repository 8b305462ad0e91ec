using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>A rule's view of the newest state, and the place where it records its changes. Later reads see earlier changes.</summary>
internal sealed partial class TaskDraft : ITaskState
{
    private readonly ITaskState _state;
    private readonly Dictionary<string, AgentTask?> _changed = new(StringComparer.Ordinal);
    private readonly List<string> _created = [];
    private readonly Dictionary<string, ITaskSource?> _read = new(StringComparer.Ordinal);
    private readonly ComingCommit _commit;
    private readonly long? _firstTaskNumber;
    private long? _nextTaskNumber;
    private bool _readsAll;
    private bool _readsAgents;
    private bool _readsFiles;
    private bool _readsRun;
    private Dictionary<string, ServedRequest?>? _readServed;
    private StateRecords _records;
    private readonly StateRecords _recordsBefore;
    private TaskGraph? _graph;
    private List<MaintenanceItem>? _ended;
    private List<IReadyQuestion>? _questions;
    private List<string>? _chosen;
    private NewNames? _names;
    private readonly ITaskArchive? _archive;
    private Dictionary<string, ArchivedTask?>? _archived;
    private bool _readsArchive;

    /// <summary>Begins a draft.</summary>
    /// <param name="state">The newest state; it must not change while the draft is in use.</param>
    /// <param name="now">The time of the commit; what is less than a millisecond of it is cut off, as it is where times are kept.</param>
    /// <param name="by">Who makes the change.</param>
    /// <param name="version">The version that the commit will have.</param>
    /// <param name="nextTaskNumber">The <c>taskNumber</c> of the next new task; null if the document does not number them.</param>
    /// <param name="archive">Where archived tasks are; null where there is none.</param>
    public TaskDraft(ITaskState state, DateTimeOffset now, string by, long version, long? nextTaskNumber = null,
        ITaskArchive? archive = null)
    {
        _archive = archive;
        _state = state;
        _commit = new ComingCommit(version, StoredForm.Of(now), by);
        Changes = new ChangeSet(_commit);
        _firstTaskNumber = _nextTaskNumber = nextTaskNumber;
        _records = _recordsBefore = (state as IBoard)?.Records ?? StateRecords.Of(state);
    }

    /// <summary>The time of the commit, one value for all of it.</summary>
    public DateTimeOffset Now => _commit.Now;

    /// <summary>Who makes the change.</summary>
    public string By => _commit.By;

    /// <summary>The version that the commit will have, as far as is known now.</summary>
    public long Version => _commit.Version;

    /// <inheritdoc/>
    public int Count => All().Count
        + _created.Count(id => !IsRemoved(id)) - _changed.Count(change => change.Value is null && !_created.Contains(change.Key));

    /// <inheritdoc/>
    public IEnumerable<AgentTask> Tasks => _changed.Count == 0
        ? All().Tasks
        : All().Tasks.Where(task => !IsRemoved(task.Id)).Select(task => _changed.TryGetValue(task.Id, out var changed) ? changed! : task)
            .Concat(_created.Where(id => !IsRemoved(id)).Select(id => _changed[id]!));

    /// <inheritdoc/>
    public IReadOnlyCollection<AgentProfile> Agents => AgentRecords().Agents;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileLease> FileLeases
    {
        get
        {
            _readsFiles = true;
            return _records.Files;
        }
    }

    /// <summary>
    /// Who waits for whom, with the changes of the draft in it. It belongs to the state: <see cref="Release"/> takes the changes out again.
    /// </summary>
    internal TaskGraph Graph
    {
        get
        {
            _ = All();
            return AskedGraph;
        }
    }

    /// <summary>The same for a rule that tells itself what it rests on: <see cref="RestOn"/>, or <see cref="RestOnAll"/>.</summary>
    internal TaskGraph AskedGraph
    {
        get
        {
            if (_graph is not null)
                return _graph;
            _graph = (_state as IGraphSource)?.Graph ?? new TaskGraph(_state.Tasks);
            foreach (var change in _changed)
                _graph.Set(change.Key, change.Value);
            return _graph;
        }
    }

    /// <summary>The graph, if the state has it already: then asking it costs less than walking.</summary>
    internal TaskGraph? BuiltGraph => _graph ?? ((_state as IBoard)?.BuiltGraph is null ? null : Graph);

    /// <summary>The same, if the state has it already.</summary>
    internal TaskGraph? AskedGraphIfBuilt => _graph ?? ((_state as IBoard)?.BuiltGraph is null ? null : AskedGraph);

    /// <summary>Judges the names that the rule brings in.</summary>
    internal NewNames Names => _names ??= new NewNames(this, _state);

    /// <summary>The registered agents, for <see cref="NewNames"/>, which tells itself whether they changed.</summary>
    internal IReadOnlyList<AgentProfile> RegisteredAgents => _records.Agents;

    /// <summary>The ids that the draft changes, so far.</summary>
    internal IReadOnlyCollection<string> ChangedIds => _changed.Keys;

    /// <summary>What was recorded.</summary>
    internal ChangeSet Changes { get; }

    /// <summary>The highest version that another store has given out: the commit comes above it. 0 if there is no other.</summary>
    internal long Above { get; private set; }

    /// <inheritdoc/>
    public AgentTask? Find(string id)
    {
        if (_changed.TryGetValue(id, out var changed))
            return changed;
        var task = _state.Find(id);
        _read[id] = task?.Source;
        return task;
    }

    /// <summary>The task as it was before the draft.</summary>
    internal AgentTask? Before(string id) => _state.Find(id);

    /// <summary>Adds a new todo at the end of the document (status Todo, created now) and gives the task.</summary>
    public AgentTask Create(TaskDefinition definition)
    {
        if (!_changed.ContainsKey(definition.Id))
            Find(definition.Id);
        return Add(new TaskDefined(definition, _nextTaskNumber is null ? null : _nextTaskNumber++, _commit, _state as ITaskSources));
    }

    /// <summary>Adds a todo of another store at the end of the document, as it is, and gives the task.</summary>
    internal AgentTask TakeOver(AgentTask theirs) => Add(new TaskTakenOver(theirs, _commit, _state as ITaskSources));

    /// <summary>Has the commit come above everything that another store has given out, even if nothing else is changed.</summary>
    internal void SkipTo(long version)
    {
        if (version >= Version && StoreLife.IsBelieved(version))
            Above = version;
    }

    /// <summary>Begins a change of one task; nothing is recorded before <see cref="TaskChange.Apply"/>.</summary>
    public TaskChange Change(AgentTask task) => new(this, task);

    /// <summary>Removes the todo.</summary>
    public void Remove(AgentTask task)
    {
        if (task.Parent is not null)
            NoteFamily(task.Id, null);
        Changes.Add(new TaskRemoved(task));
        Record(task.Id, null);
    }

    /// <inheritdoc/>
    public AgentProfile? FindAgent(string name) => AgentRecords().FindAgent(name);

    /// <summary>Registers an agent, or changes its registration.</summary>
    public void Put(AgentProfile agent)
    {
        Changes.Add(new AgentChange(_records.AgentOf(agent.Key), agent));
        _records = _records.With(agent);
    }

    /// <summary>Takes an agent out.</summary>
    public void Remove(AgentProfile agent)
    {
        Changes.Add(new AgentChange(agent, null));
        _records = _records.WithoutAgent(agent.Key);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<SwarmPause> PausedSwarms => AgentRecords().Swarms;

    /// <summary>How a swarm is paused; null if it is not.</summary>
    public SwarmPause? FindPause(string swarm) => AgentRecords().PauseOf(swarm);

    /// <summary>Pauses a swarm; null: it goes on.</summary>
    public void SetPause(string swarm, SwarmPause? pause)
    {
        Changes.Add(new SwarmChange(_records.PauseOf(swarm), pause));
        _records = pause is null ? _records.WithoutSwarm(swarm) : _records.With(pause);
    }

    /// <inheritdoc/>
    public AssignmentRunRecord? LastRun
    {
        get
        {
            _readsRun = true;
            return _records.LastRun;
        }
    }

    /// <summary>Records what a nightly run did.</summary>
    internal void Put(AssignmentRunRecord run)
    {
        Changes.Add(new RunChange(run));
        _records = _records.With(run);
    }

    /// <summary>Gives or renews a lease on files.</summary>
    public void Put(FileLease lease)
    {
        Changes.Add(new LeaseChange(_records.FileOf(lease.Key), lease));
        _records = _records.With(lease);
    }

    /// <summary>Takes a lease on files away.</summary>
    public void Remove(FileLease lease)
    {
        Changes.Add(new LeaseChange(lease, null));
        _records = _records.WithoutFile(lease.Key);
    }

    /// <summary>The request of this name that was served and is remembered; null if none is.</summary>
    internal ServedRequest? FindServed(string id)
    {
        var served = _records.ServedOf(id);
        (_readServed ??= new(StringComparer.Ordinal))[id] = served;
        return served;
    }

    /// <summary>All that are remembered. Which there are is nothing that a decision rests on.</summary>
    internal IReadOnlyList<ServedRequest> Served => _records.Served;

    /// <summary>Remembers a request.</summary>
    internal void Put(ServedRequest request)
    {
        Changes.Add(new RequestChange(_records.ServedOf(request.Id), request));
        _records = _records.With(request);
    }

    /// <summary>Forgets a request.</summary>
    internal void Remove(ServedRequest request)
    {
        Changes.Add(new RequestChange(request, null));
        _records = _records.WithoutServed(request.Id);
    }

    /// <summary>The answer was given before.</summary>
    internal bool IsReplay { get; set; }

    /// <summary>The names of requests that the decision rests on.</summary>
    internal IReadOnlyCollection<string> ReadServed => _readServed?.Keys ?? (IReadOnlyCollection<string>)[];

    /// <summary>The lapsed leases that the rule takes away, as it told.</summary>
    internal IReadOnlyList<MaintenanceItem> Ended => _ended ?? (IReadOnlyList<MaintenanceItem>)[];

    /// <summary>Tells that the rule takes this task because it is the best, and another where its lock is held.</summary>
    internal void Choose(string id) => (_chosen ??= []).Add(id);

    /// <summary>Whether the rule told so of the task.</summary>
    internal bool HasChosen(string id) => _chosen?.Contains(id) == true;

    /// <summary>The rule has found nothing, and whoever hears that relies on no earlier commit.</summary>
    internal bool RestsOnNothing { get; set; }

    /// <summary>Tells of an answer of <see cref="AskedGraph"/> that the decision rests on.</summary>
    internal void RestOn(IReadyQuestion question) => (_questions ??= []).Add(question);

    /// <summary>Whether the decision rests on such an answer.</summary>
    internal bool HasAsked => _questions is not null;

    /// <summary>Tells that the decision rests on more than can be asked again.</summary>
    internal void RestOnAll() => All();

    /// <summary>Tells of a lapsed lease that the rule takes away.</summary>
    internal void TellEnded(MaintenanceItem item) => (_ended ??= []).Add(item);

    /// <summary>To be called once, when the rule has decided: gives the graph back to the state as it was.</summary>
    internal void Release()
    {
        if (_graph is null)
            return;
        foreach (var id in _changed.Keys)
            _graph.Set(id, _state.Find(id));
        _graph = null;
    }

    /// <summary>Records that fields of a task change, and gives the task as it is then.</summary>
    internal AgentTask Patch(AgentTask task, IReadOnlyList<FieldChange> fields)
    {
        var patch = new TaskPatch(task, fields, _commit);
        BringBackNeeded(task, patch.After);
        if (task.Parent is not null || patch.After.Parent is not null)
            NoteFamily(task.Id, patch.After);
        Changes.Add(patch);
        Record(task.Id, patch.After);
        return patch.After;
    }

    /// <summary>Whether the draft was made over this very state, at whatever version.</summary>
    internal bool IsOver(ITaskState state) => ReferenceEquals(_state, state);

    /// <summary>Whether the rule would decide the same on a later state: nothing that it looked at has changed.</summary>
    internal bool HoldsOn(IBoard state)
    {
        if (_readsAll || (_readsAgents && !(ReferenceEquals(_recordsBefore.Agents, state.Records.Agents)
                && ReferenceEquals(_recordsBefore.Swarms, state.Records.Swarms)))
            || (_readsFiles && !ReferenceEquals(_recordsBefore.Files, state.Records.Files))
            || (_readsArchive && !ReferenceEquals(_recordsBefore.Archive, state.Records.Archive))
            || (_readsRun && !ReferenceEquals(_recordsBefore.LastRun, state.Records.LastRun))
            || (_firstTaskNumber != _nextTaskNumber && _firstTaskNumber != state.NextTaskNumber))
            return false;
        foreach (var id in _read.Keys)
        {
            if (!ReferenceEquals(state.FindSource(id), _read[id]))
                return false;
        }
        foreach (var id in ReadServed)
        {
            if (!ReferenceEquals(state.Records.ServedOf(id), _readServed![id]))
                return false;
        }
        return FamiliesHoldOn(state) && (_names?.HoldsOn(state, state.Records.Agents) ?? true)
            && (_questions?.TrueForAll(question => question.IsAnsweredAlike(state.Graph)) ?? true);
    }

    /// <summary>
    /// The tasks that the decision rests on; null where it rests on more than single tasks, the agents and the files.
    /// </summary>
    internal IReadOnlyCollection<string>? ReadIds =>
        _readsAll || _questions is not null || _names?.HasRead == true || _firstTaskNumber != _nextTaskNumber || Above > 0 ? null
            : _read.Keys;

    /// <summary>Whether it rests on the registered agents and the paused swarms.</summary>
    internal bool ReadsAgents => _readsAgents || _names?.HasReadAgents == true;

    /// <summary>Whether it rests on the leases on files.</summary>
    internal bool ReadsFiles => _readsFiles;

    /// <summary>Whether it rests on what the last nightly run did.</summary>
    internal bool ReadsRun => _readsRun;

    /// <summary>Gives the commit the number that it really has.</summary>
    internal void SetVersion(long version) => _commit.Version = version;

    private ITaskState All()
    {
        _readsAll = true;
        return _state;
    }

    private bool IsRemoved(string id) => _changed.TryGetValue(id, out var changed) && changed is null;

    private StateRecords AgentRecords()
    {
        _readsAgents = true;
        return _records;
    }

    private AgentTask Add(TaskAdded added)
    {
        BringBackNeeded(null, added.After);
        if (added.After.Parent is not null)
            NoteFamily(added.Id, added.After);
        Changes.Add(added);
        if (!_changed.ContainsKey(added.Id))
            _created.Add(added.Id);
        Record(added.Id, added.After);
        return added.After;
    }

    private void Record(string id, AgentTask? task)
    {
        _changed[id] = task;
        _graph?.Set(id, task);
    }
}
