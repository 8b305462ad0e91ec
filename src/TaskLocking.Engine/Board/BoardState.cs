using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// The tasks in memory, at the version that the journal was read to. Not thread-safe: the store guards it. A snapshot shares the lists
/// until the next change, which copies what it writes to.
/// </summary>
internal sealed partial class BoardState : IBoard
{
    // About what a new todo takes, and the history of one change; the next load counts.
    private const int SizeOfNew = 512;
    private const int SizeOfPatch = 200;

    // Of one todo, in bytes; more are better put into its own, at a moment when nobody waits.
    private const int LongestDeferred = 64 << 10;

    private TodoList _entries;
    private Dictionary<string, int> _index;
    private bool _indexShared;
    private StateSnapshot? _snapshot;
    private long _version;
    private DeferredPatches _deferred = new();
    private List<int> _long = []; // the places of todos whose patches are better put into their bytes
    private int _tidied; // as many todos, by their places, were looked at in this round
    private TaskGraph? _graph;
    private HashSet<string> _graphBehind = new(StringComparer.Ordinal);
    private BoardNames _names = new();
    private string? _lastModified;
    private byte[]? _time; // The same as it stands in the last line, as long as nobody has asked.

    /// <summary>The state that a document shows.</summary>
    /// <param name="document">The document; null for an empty state.</param>
    /// <param name="records">What is kept beside its todos; null: what it says.</param>
    public BoardState(TodoDocument? document = null, StateRecords? records = null)
    {
        Frame = document?.Frame ?? DocumentFrame.Default;
        NextTaskNumber = document?.NextTaskNumber;
        Records = records ?? document?.Records ?? StateRecords.Empty;
        _lastModified = document?.LastModified;
        _entries = document?.Entries ?? new TodoList();
        _index = new Dictionary<string, int>(_entries.Count, StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++)
        {
            Size += _entries[i].Json.Length + 8;
            if (_entries[i].IsAddressable)
                _index.Add(_entries[i].Id, i);
        }
    }

    public long Version
    {
        get => _version;
        set => (_version, _snapshot) = (value, null);
    }

    /// <summary>
    /// The version that was last jumped to: what was decided before does not hold, for a number that it gave, of a claim say, need not be
    /// above all that others have been given.
    /// </summary>
    public long JumpedTo { get; private set; }

    public DocumentFrame Frame { get; private set; }

    public long? NextTaskNumber { get; private set; }

    /// <summary>The time of the last commit, as a document writes it.</summary>
    public string? LastModified => _lastModified ??= _time is { } time ? Encoding.UTF8.GetString(time) : null;

    /// <summary>Agents and file leases.</summary>
    public StateRecords Records { get; private set; }

    /// <summary>About the bytes of the document.</summary>
    public long Size { get; private set; }

    public int Count => _index.Count;

    public IEnumerable<TodoEntry> Entries => Newest();

    public IEnumerable<AgentTask> Tasks => Newest().Where(entry => entry.IsAddressable).Select(entry => entry.Task);

    public AgentTask? Find(string id) => FindEntry(id)?.Task;

    public IReadOnlyCollection<AgentProfile> Agents => Records.Agents;

    public AgentProfile? FindAgent(string name) => Records.FindAgent(name);

    public IReadOnlyCollection<FileLease> FileLeases => Records.Files;

    public IReadOnlyList<ArchiveSegment> Archive => Records.Archive;

    public AssignmentRunRecord? LastRun => Records.LastRun;

    public IReadOnlyCollection<SwarmPause> PausedSwarms => Records.Swarms;

    /// <summary>Who waits for whom. Built when first asked for, then brought up to date by what changed since.</summary>
    public TaskGraph Graph
    {
        get
        {
            _graph ??= new TaskGraph(Tasks, Find);
            foreach (var id in _graphBehind)
                _graph.Set(id, Find(id));
            _graphBehind.Clear();
            return _graph;
        }
    }

    public NameBook Names => _names.BookOf(this);

    /// <summary>The graph if it is there already.</summary>
    public TaskGraph? BuiltGraph => _graph is null ? null : Graph;

    public string? FindWorkerLike(string name) => _names.FindWorkerLike(this, name);
    public string? FindIdLike(string id) => _names.FindIdLike(id, _index.Keys);

    public ITaskSource? FindSource(string id) => FindEntry(id);
    public ITaskSource Coming(TaskAdded added, ComingCommit commit) => new ComingTodo(added, commit);

    public TodoEntry? FindEntry(string id) => _index.TryGetValue(id, out var at) ? EntryAt(at) : null;

    /// <summary>Goes on from a higher version: those in between may have been given out.</summary>
    public void JumpTo(long version) => JumpedTo = Version = version;

    /// <summary>The state as it is now, for good.</summary>
    public StateSnapshot Snapshot()
    {
        if (_snapshot is not null)
            return _snapshot;
        var entries = Newest().Copy();
        _indexShared = true;
        return _snapshot = new StateSnapshot(Version, entries, _index, NextTaskNumber, Records);
    }

    /// <summary>Does what was put off because somebody was waiting. Not to be called under the state lock.</summary>
    public void Tidy()
    {
        for (var i = 0; i < _long.Count; i++) // Looking at one may add it again.
            _ = EntryAt(_long[i]).Json;
        _long.Clear();
        for (var due = _deferred.Due(_entries.Count, Size); _tidied < due; _tidied++)
            _ = EntryAt(_tidied).Json;
        if (_tidied < _entries.Count)
            return;
        _deferred.EndRound();
        _tidied = 0;
    }

    /// <summary>Takes into account what was put off, for some todos from a place on, which moves behind them; false at the end.</summary>
    public bool Settle(ref int place, int todos)
    {
        for (; place < _entries.Count && todos > 0 && _deferred.Todos > 0; place++)
        {
            if (!_deferred.Has(place))
                continue;
            _ = EntryAt(place);
            todos--;
        }
        return todos == 0;
    }

    /// <summary>A state that goes its own way from here.</summary>
    public BoardState Clone()
    {
        var entries = Newest().Copy();
        _indexShared = true;
        var clone = (BoardState)MemberwiseClone();
        clone._entries = entries;
        clone._deferred = new DeferredPatches();
        clone._tidied = 0;
        clone._snapshot = null;
        clone._time = (byte[]?)_time?.Clone();
        clone._long = [];
        clone._graph = null;
        clone._graphBehind = new HashSet<string>(StringComparer.Ordinal);
        clone._names = new BoardNames();
        clone._holders = new ClaimHolders();
        clone._patches = [];
        clone._trial = null;
        clone._going = [];
        clone._measured = null;
        return clone;
    }

    /// <summary>Applies the changes of a journal's line; nothing of <paramref name="line"/> is kept.</summary>
    public void Apply(ReadOnlyMemory<byte> line)
    {
        _snapshot = null;
        if (ApplySinglePatch(line.Span) || ApplyPatches(line.Span) || ApplyNewTodos(line))
            return;
        var reader = JsonReading.Of(line.Span[..(line.Length - 1)]);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("v"u8))
            {
                reader.Read();
                Version = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                _lastModified = reader.GetString();
            }
            else if (reader.ValueTextEquals("op"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ApplyOperation(line, ref reader);
                RemoveGoing();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private bool ApplyNewTodos(ReadOnlyMemory<byte> line)
    {
        if (!NewTodosLine.TryRead(line.Span, out var version, out var time, out var todos))
            return false;
        Version = version;
        _lastModified = time;
        foreach (var (id, json) in todos)
            Add(TodoEntry.New(id, line[json].ToArray(), Frame.TodoLead, version));
        return true;
    }

    private TodoEntry EntryAt(int place)
    {
        if (!_deferred.Has(place))
            return _entries[place];
        Own(index: false);
        var entry = _deferred.TakeInto(_entries[place], place);
        if (entry.IsLong)
            _long.Add(place);
        return _entries[place] = entry;
    }

    private TodoList Newest()
    {
        var place = 0;
        _ = Settle(ref place, int.MaxValue);
        _deferred.Clear();
        return _entries;
    }

    private void ApplyOperation(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        string? id = null;
        reader.Read();
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            id = reader.GetString() ?? throw new JsonException("An operation names no task.");
            reader.Read();
        }
        var kind = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
        reader.Read();
        if (kind is not ("gone" or "record"))
            RemoveGoing();
        switch (kind)
        {
            case "new":
                Add(TodoEntry.New(id!, JsonSlices.Value(line, ref reader).ToArray(), Frame.TodoLead, Version));
                break;
            case "raw":
                var raw = Encoding.UTF8.GetBytes(reader.GetString()!);
                // Somebody may remember the version from before: it must not match what came since.
                if (_index.TryGetValue(id!, out var at))
                    Replace(at, EntryAt(at).Instead(raw).With("{}"u8, Version, PatchShape.Empty));
                else
                    Add(new TodoEntry(id!, raw));
                break;
            case "gone":
                _going.Add(id!);
                break;
            case "moved":
                var count = reader.GetInt32();
                reader.Read();
                reader.Read();
                MoveHistory(id!, count, JsonSlices.Value(line, ref reader));
                break;
            case "rest":
                SetRest(id!, Encoding.UTF8.GetBytes(reader.GetString()!));
                break;
            case "record":
                Records = RecordJson.Apply(Records, ref reader);
                _snapshot = null;
                break;
            case "frame":
                var document = TodoDocument.Parse(Encoding.UTF8.GetBytes(reader.GetString()!));
                Frame = document.Frame;
                NextTaskNumber = document.NextTaskNumber is { } number ? Math.Max(number, NextTaskNumber ?? 0) : NextTaskNumber;
                break;
        }
        while (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > 2)
        {
            if (!reader.Read())
                throw new JsonException("An operation has no end.");
        }
        if (kind is "set" or "own" or "log" && _index.TryGetValue(id!, out var place))
            Patch(place, line.Span[start..(int)reader.BytesConsumed]);
    }

    private void Add(TodoEntry entry)
    {
        Own(index: true);
        MayHaveParent(entry);
        Behind(entry.Id);
        _index.Add(entry.Id, _entries.Count);
        _names.Added(entry.Id);
        _entries.Add(entry);
        Size += SizeOfNew;
        if (NextTaskNumber is { } number)
            NextTaskNumber = number + 1;
    }

    private void Replace(int at, TodoEntry entry)
    {
        Remember(at);
        Own(index: false);
        MayHaveParent(entry);
        Behind(entry.Id);
        _entries[at] = entry;
        Size += SizeOfPatch;
    }

    private void Remove(string id)
    {
        if (!_index.TryGetValue(id, out var at))
            return;
        Debug.Assert(_trial is null, "a removal cannot be taken back");
        _ = Newest(); // What waits knows its todo by the place.
        _long.Clear();
        Own(index: true);
        Behind(id);
        var twins = _entries[at].Twins;
        _entries.RemoveAt(at);
        if (at < _tidied)
            _tidied--;
        _index.Remove(id);
        _names.Removed(id, _index.Keys);
        if (twins > 0)
            Promote(id);
        TodoTwins.Index(_entries, _index, at);
    }

    private void Behind(string id)
    {
        if (_graph is not null)
            _graphBehind.Add(id);
        _names.Changed(id);
    }

    private void Own(bool index)
    {
        if (_indexShared && index)
            _index = new Dictionary<string, int>(_index, StringComparer.Ordinal);
        // The index of a snapshot may live on here only while its places stay right.
        _indexShared &= !index;
        _snapshot = null;
    }
}
