using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Automation;
using TaskLocking.Leases;
using TaskLocking.Scheduling;
using TaskLocking.Storage;

namespace TaskLocking.Tasks;

/// <summary>A rule's view of the newest state, and the place where it records its changes. Later reads see earlier changes.</summary>
public sealed class TaskDraft : ITaskState
{
    private readonly ITaskState _state;
    private readonly Dictionary<string, AgentTask?> _changed = new(StringComparer.Ordinal);
    private readonly List<string> _created = [];
    private readonly ByteBuffer _operations = new(512);
    private readonly Dictionary<string, TodoEntry?> _read = new(StringComparer.Ordinal);
    private readonly CommitVersion _commit;
    private readonly long? _firstTaskNumber;
    private long? _nextTaskNumber;
    private bool _readsAll;
    private bool _readsRecords;
    private StateRecords _records;
    private readonly StateRecords _recordsBefore;
    private TaskGraph? _graph;
    private int _count;
    private List<MaintenanceItem>? _ended;
    private NewNames? _names;

    /// <summary>Begins a draft.</summary>
    /// <param name="state">The newest state; it must not change while the draft is in use.</param>
    /// <param name="now">The time of the commit.</param>
    /// <param name="by">Who makes the change.</param>
    /// <param name="version">The version that the commit will have.</param>
    /// <param name="nextTaskNumber">The <c>taskNumber</c> of the next new task; null if the document does not number them.</param>
    public TaskDraft(ITaskState state, DateTimeOffset now, string by, long version, long? nextTaskNumber = null)
    {
        _state = state;
        Now = now;
        By = by;
        _commit = new CommitVersion(version);
        _firstTaskNumber = _nextTaskNumber = nextTaskNumber;
        _records = _recordsBefore = (state as BoardState)?.Records ?? StateRecords.Of(state);
    }

    /// <summary>The time of the commit, one value for all of it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Who makes the change.</summary>
    public string By { get; }

    /// <summary>The version that the commit will have, as far as is known now.</summary>
    public long Version => _commit.Value;

    /// <inheritdoc/>
    public int Count => All().Count
        + _created.Count(id => !IsRemoved(id)) - _changed.Count(change => change.Value is null && !_created.Contains(change.Key));

    /// <inheritdoc/>
    public IEnumerable<AgentTask> Tasks => _changed.Count == 0
        ? All().Tasks
        : All().Tasks.Where(task => !IsRemoved(task.Id)).Select(task => _changed.TryGetValue(task.Id, out var changed) ? changed! : task)
            .Concat(_created.Where(id => !IsRemoved(id)).Select(id => _changed[id]!));

    /// <inheritdoc/>
    public IReadOnlyCollection<AgentProfile> Agents => Records().Agents;

    /// <inheritdoc/>
    public IReadOnlyCollection<FileLease> FileLeases => Records().Files;

    /// <summary>
    /// Who waits for whom, with the changes of the draft in it. It belongs to the state: <see cref="Release"/> takes the changes out again.
    /// </summary>
    internal TaskGraph Graph
    {
        get
        {
            if (_graph is not null)
                return _graph;
            _graph = (All() as IGraphSource)?.Graph ?? new TaskGraph(_state.Tasks);
            foreach (var change in _changed)
                _graph.Set(change.Key, change.Value);
            return _graph;
        }
    }

    /// <summary>The graph, if the state has it already: then asking it costs less than walking.</summary>
    internal TaskGraph? BuiltGraph => _graph ?? ((_state as BoardState)?.BuiltGraph is null ? null : Graph);

    /// <summary>Judges the names that the rule brings in.</summary>
    internal NewNames Names => _names ??= new NewNames(this, _state);

    /// <summary>The registered agents, for <see cref="NewNames"/>, which tells itself whether they changed.</summary>
    internal IReadOnlyList<AgentProfile> RegisteredAgents => _records.Agents;

    /// <summary>The ids that the draft changes, so far.</summary>
    internal IReadOnlyCollection<string> ChangedIds => _changed.Keys;

    /// <summary>The recorded operations as the elements of a JSON array; empty if nothing was recorded.</summary>
    internal ReadOnlySpan<byte> Operations => _operations.Written;

    /// <summary>The highest version that another store has given out: the commit comes above it. 0 if there is no other.</summary>
    internal long Above { get; private set; }

    /// <summary>Whether exactly one operation was recorded.</summary>
    internal bool HasOneOperation => _count == 1;

    /// <inheritdoc/>
    public AgentTask? Find(string id)
    {
        if (_changed.TryGetValue(id, out var changed))
            return changed;
        var task = _state.Find(id);
        _read[id] = task?.Entry;
        return task;
    }

    /// <summary>Adds a new todo at the end of the document (status Todo, created now) and gives the task.</summary>
    public AgentTask Create(TaskDefinition definition)
    {
        var json = TodoWriter.Write(definition, Now, By, _nextTaskNumber);
        if (_nextTaskNumber is not null)
            _nextTaskNumber++;
        if (!_changed.ContainsKey(definition.Id))
            Find(definition.Id);
        Begin(definition.Id);
        _operations.Write(",\"new\":"u8);
        _operations.Write(json);
        _operations.Write("}"u8);
        var task = new TodoEntry(definition.Id, json).Beside("{}"u8, _commit).Task;
        if (!_changed.ContainsKey(definition.Id))
            _created.Add(definition.Id);
        Record(definition.Id, task);
        return task;
    }

    /// <summary>Adds a todo of another store at the end of the document, as it is, and gives the task.</summary>
    internal AgentTask TakeOver(string id, ReadOnlyMemory<byte> json)
    {
        var line = JsonSlices.OnOneLine(json);
        Begin(id);
        _operations.Write(",\"new\":"u8);
        _operations.Write(line);
        _operations.Write("}"u8);
        var task = new TodoEntry(id, line).Beside("{}"u8, _commit).Task;
        _created.Add(id);
        Record(id, task);
        return task;
    }

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
        Begin(task.Id);
        _operations.Write(",\"gone\":true}"u8);
        Record(task.Id, null);
    }

    /// <inheritdoc/>
    public AgentProfile? FindAgent(string name) => Records().FindAgent(name);

    /// <summary>Registers an agent, or changes its registration.</summary>
    public void Put(AgentProfile agent)
    {
        BeginRecord(StateRecords.AgentKind, agent.Key, RecordJson.Write(agent));
        _records = _records.With(agent);
    }

    /// <summary>Takes an agent out.</summary>
    public void Remove(AgentProfile agent)
    {
        BeginRecord(StateRecords.AgentKind, agent.Key, "null");
        _records = _records.WithoutAgent(agent.Key);
    }

    /// <summary>Gives or renews a lease on files.</summary>
    public void Put(FileLease lease)
    {
        BeginRecord(StateRecords.FileKind, lease.Key, RecordJson.Write(lease));
        _records = _records.With(lease);
    }

    /// <summary>Takes a lease on files away.</summary>
    public void Remove(FileLease lease)
    {
        BeginRecord(StateRecords.FileKind, lease.Key, "null");
        _records = _records.WithoutFile(lease.Key);
    }

    /// <summary>The lapsed leases that the rule takes away, as it told.</summary>
    internal IReadOnlyList<MaintenanceItem> Ended => _ended ?? (IReadOnlyList<MaintenanceItem>)[];

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

    /// <summary>Records a patch.</summary>
    /// <param name="task">What it changes.</param>
    /// <param name="set">The fields of the todo that it sets, as members of an object.</param>
    /// <param name="own">Those of ours.</param>
    /// <param name="log">What the history gets, as elements of an array.</param>
    internal AgentTask Patch(AgentTask task, ReadOnlySpan<byte> set, ReadOnlySpan<byte> own, ReadOnlySpan<byte> log)
    {
        var start = _operations.Length > 0 ? _operations.Length + 1 : 0; // behind the comma
        Begin(task.Id);
        _operations.Write(",\"set\":{"u8);
        _operations.Write(set);
        if (own.Length > 0)
        {
            _operations.Write("},\"own\":{"u8);
            _operations.Write(own);
        }
        _operations.Write("},\"log\":["u8);
        _operations.Write(log);
        _operations.Write("]}"u8);
        var entry = (task.Entry
            ?? throw new InvalidOperationException("The task does not come from a store.")).Beside(_operations.Written[start..], _commit);
        Record(task.Id, entry.Task);
        return entry.Task;
    }

    /// <summary>Whether the draft was made over this very state, at whatever version.</summary>
    internal bool IsOver(ITaskState state) => ReferenceEquals(_state, state);

    /// <summary>Whether the rule would decide the same on a later state: nothing that it looked at has changed.</summary>
    internal bool HoldsOn(BoardState state)
    {
        if (_readsAll || (_readsRecords && !ReferenceEquals(_recordsBefore, state.Records))
            || (_firstTaskNumber != _nextTaskNumber && _firstTaskNumber != state.NextTaskNumber))
            return false;
        foreach (var id in _read.Keys)
        {
            if (!ReferenceEquals(state.FindEntry(id), _read[id]))
                return false;
        }
        return _names?.HoldsOn(state, state.Records.Agents) ?? true;
    }

    /// <summary>Gives the commit the number that it really has.</summary>
    internal void SetVersion(long version) => _commit.Value = version;

    private ITaskState All()
    {
        _readsAll = true;
        return _state;
    }

    private bool IsRemoved(string id) => _changed.TryGetValue(id, out var changed) && changed is null;

    private StateRecords Records()
    {
        _readsRecords = true;
        return _records;
    }

    private void Record(string id, AgentTask? task)
    {
        _changed[id] = task;
        _graph?.Set(id, task);
    }

    private void BeginRecord(string kind, string key, string json)
    {
        if (_operations.Length > 0)
            _operations.Write(","u8);
        _count++;
        _operations.Write("{\"record\":");
        _operations.Write(JsonSlices.Quote(kind));
        _operations.Write(",\"key\":");
        _operations.Write(JsonSlices.Quote(key));
        _operations.Write(",\"value\":");
        _operations.Write(json);
        _operations.Write("}"u8);
    }

    private void Begin(string id)
    {
        if (_operations.Length > 0)
            _operations.Write(","u8);
        _count++;
        _operations.Write("{\"id\":"u8);
        _operations.WriteQuoted(id);
    }
}
