using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// One todo at one version: the bytes of a document, and the patches of the journal since. They are put into the bytes only when somebody
/// wants those (the view, a listing as JSON), so a commit costs the same whatever the size of the todo. To the outside an entry never
/// changes; what it works out on demand, it keeps.
/// </summary>
/// <remarks>An entry is its own gate: another object for each would be one more per todo for the garbage collector.</remarks>
internal sealed class TodoEntry : ITaskSource
{
    private const long Untold = -1; // The todo itself tells its version, or nobody does.

    private static long _places;

    private readonly long _version = Untold;
    private ReadOnlyMemory<byte> _json;
    private byte[]? _lead; // of a new todo that is still on the one line of the journal: how its document writes todos
    private bool _isUnmarked; // of a new todo whose version does not stand in its bytes yet

    // Cleared last, and read without the gate by entries that build on this one: null means that the bytes are whole.
    private volatile PatchLog? _patches;
    private readonly int _end; // of the newest patch that is ours
    private TodoEntry? _parsed; // the newest before it whose task is known
    private AgentTask? _task; // written in the gate, and read without it: it is whole as soon as it is there
    private sbyte _namesBegin; // 0 as long as nobody has looked, 1 if so, -1 if not: one byte, which nobody sees half

    /// <summary>A todo as its bytes.</summary>
    public TodoEntry(string id, ReadOnlyMemory<byte> json)
    {
        Id = id ?? throw new ArgumentNullException(nameof(id));
        Place = NextPlace();
        _json = json;
    }

    /// <summary>The place behind all that there are.</summary>
    public static long NextPlace() => Interlocked.Increment(ref _places);

    /// <summary>
    /// A new todo as its commit brings it, on one line. It takes the style of its document when somebody wants the bytes.
    /// </summary>
    public static TodoEntry New(string id, ReadOnlyMemory<byte> json, byte[] lead, long version) =>
        new(id, json, version) { _lead = lead };

    /// <summary>A new todo on one line, as a commit that is not written yet will bring it.</summary>
    public static TodoEntry Coming(string id, ReadOnlyMemory<byte> json, long version) => new(id, json, version);

    /// <summary>The same bytes as the first of so many of its id.</summary>
    public TodoEntry Among(int twins, int openTwins) => new(Id, Json) { Place = Place, Twins = twins, OpenTwins = openTwins };

    /// <summary>Other bytes in its place.</summary>
    public TodoEntry Instead(byte[] json) => new(Id, json) { Place = Place, Twins = Twins, OpenTwins = OpenTwins };

    private TodoEntry(string id, ReadOnlyMemory<byte> json, long version)
        : this(id, json)
    {
        _version = version;
        _isUnmarked = true;
    }

    private TodoEntry(TodoEntry previous, PatchLog patches, int end, long version)
    {
        Id = previous.Id;
        Place = previous.Place;
        (Twins, OpenTwins) = (previous.Twins, previous.OpenTwins);
        _version = version;
        _patches = patches;
        _end = end;
        _parsed = previous._task is null ? previous._parsed : previous;
    }

    public string Id { get; }

    /// <summary>
    /// False for what a document has among its todos that is no todo, or a second one of the same id: kept, never addressed.
    /// </summary>
    public bool IsAddressable { get; init; } = true;

    /// <inheritdoc/>
    public bool IsArchived { get; init; }

    /// <summary>How many others of its id the document has, which no verb reaches: for whoever waits for it, all have to be done.</summary>
    public int Twins { get; init; }

    /// <summary>How many of those are not done.</summary>
    public int OpenTwins { get; init; }

    /// <summary>Larger than that of every todo before it in the document; the same for all versions of a todo.</summary>
    public long Place { get; init; }

    /// <summary>The commit that made it or patched it last; null if there is none here and the todo itself tells.</summary>
    public long? Version => _version == Untold ? null : _version;

    /// <summary>The typed task; parsed once.</summary>
    public AgentTask Task => Volatile.Read(ref _task) ?? Parsed();

    /// <inheritdoc/>
    public bool NamesBegin
    {
        get
        {
            if (_namesBegin == 0)
                _namesBegin = (sbyte)(Json.Span.IndexOf("startedAt"u8) >= 0 ? 1 : -1);
            return _namesBegin > 0;
        }
    }

    /// <summary>Whether it may name a parent, as far as that can be told without reading it.</summary>
    public bool MentionsParent
    {
        get
        {
            if (Volatile.Read(ref _task) is { } task)
                return task.Parent is not null;
            lock (this)
            {
                if (_patches is not { } patches)
                    return MayNameParent(_json.Span);
                return (patches.FieldsTo(_end) & TodoField.Parent) != TodoField.None || patches.Root.MentionsParent;
            }
        }
    }

    /// <summary>Whether one of some todos may name a parent.</summary>
    public static bool AnyMentionsParent(IEnumerable<TodoEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.MentionsParent)
                return true;
        }
        return false;
    }

    /// <summary>Whether JSON may have a member that names one; a name may have any of its letters escaped.</summary>
    public static bool MayNameParent(ReadOnlySpan<byte> json) => json.IndexOf("\"parent"u8) >= 0 || json.IndexOf("\\u00"u8) >= 0;

    /// <summary>The same, of whose task the facts are known; nobody else has it yet.</summary>
    public TodoEntry Knowing(in TaskFacts facts)
    {
        (_task, _parsed) = (new AgentTask(facts, this), null);
        return this;
    }

    /// <summary>What of the task are names, without parsing it.</summary>
    public void ReadNames(out string? swarm, out IReadOnlyList<string> tags)
    {
        lock (this)
        {
            if (_task is null && _patches is null)
                TodoNames.Read(_json.Span, out swarm, out tags);
            else
                (swarm, tags) = (Task.Swarm, Task.Tags);
        }
    }

    /// <summary>Adds who has it, without parsing it.</summary>
    public void ReadWorkers(List<string> names)
    {
        lock (this)
        {
            if (_task is null && _patches is null)
                WorkerNames.Read(_json.Span, names);
            else if ((Task.Claim?.Agent ?? Task.Assignee?.Name) is { } worker)
                names.Add(worker);
        }
    }

    /// <summary>The bytes, with every patch in them.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            lock (this)
            {
                if (_patches is { } patches)
                    Collapse(patches);
                else if (_isUnmarked)
                    _json = TodoSplicer.Apply(Styled().Span, [], Version ?? 0);
                _isUnmarked = false;
                return _json;
            }
        }
    }

    // In the style of its document; a new todo is still without its version then.
    private ReadOnlyMemory<byte> Styled()
    {
        lock (this)
        {
            if (_lead is { } lead)
                _json = TodoStyle.Expand(_json, lead);
            _lead = null;
            return _json;
        }
    }

    /// <summary>The length of the bytes without the patches.</summary>
    public int Size => _json.Length;

    /// <summary>The bytes with the patches beside them: somewhat more than the todo will have.</summary>
    public long Length => _patches is { } patches ? patches.Root.Size + (long)patches.SizeTo(_end) : _json.Length;

    /// <summary>Whether it is time to put the patches into the bytes, at a moment when nobody waits.</summary>
    public bool IsLong => _patches is { } patches && patches.IsLong(_end);

    /// <summary>The todo after one more patch, as a commit makes it.</summary>
    /// <param name="patch">The members of an operation of the journal.</param>
    /// <param name="version">The commit's.</param>
    /// <param name="shape">What is known of the patch.</param>
    public TodoEntry With(ReadOnlySpan<byte> patch, long version, PatchShape shape)
    {
        var end = _end;
        var patches = _patches?.Append(ref end, patch, shape) ?? PatchLog.Over(this, patch, shape, out end);
        return new TodoEntry(this, patches, end, version);
    }

    /// <summary>The todo after several patches, oldest first.</summary>
    /// <param name="patches">The members of operations of the journal.</param>
    /// <param name="version">The last commit's.</param>
    public TodoEntry With(ReadOnlyMemory<byte>[] patches, long version)
    {
        var room = 0;
        foreach (var patch in patches)
            room += patch.Length + PatchLog.TrailerLength;
        var (log, end) = (_patches, _end);
        foreach (var patch in patches)
        {
            var shape = TodoParser.ShapeOf(patch.Span);
            log = log?.Append(ref end, patch.Span, shape, room) ?? PatchLog.Over(this, patch.Span, shape, out end, room);
            room -= patch.Length + PatchLog.TrailerLength;
        }
        return new TodoEntry(this, log!, end, version);
    }

    /// <summary>The same as it may come to be: something else may follow this version instead.</summary>
    /// <param name="patch">The members of an operation of the journal.</param>
    /// <param name="version">The commit's, if nothing else follows.</param>
    public TodoEntry Beside(ReadOnlySpan<byte> patch, long version)
    {
        int end;
        var patches = _patches?.Beside(_end, patch, PatchShape.Unknown, out end) ?? PatchLog.Over(this, patch, PatchShape.Unknown, out end);
        return new TodoEntry(this, patches, end, version);
    }

    public string ToJson() => Encoding.UTF8.GetString(Json.ToArray());

    public IReadOnlyList<TaskHistoryEntry> ReadHistory()
    {
        var json = Json;
        var entries = TodoHistory.Entries(json);
        return TaskHistory.Read(Id, TodoHistory.Moved(json) is { Last.Count: > 0 } moved
            ? [.. moved.Last.Select(entry => new JsonMember("", entry)), .. entries] : entries);
    }

    public IReadOnlyList<TaskHistoryEntry> ReadHistory(IHistoryArchive archive) =>
        TaskHistory.Read(Id, WholeHistory.Entries(Id, Json, archive));

    public bool BeginsLike(ITaskSource other, int count)
    {
        if (ReferenceEquals(this, other))
            return true;
        var (mine, known) = (Json, other.Json);
        var (entries, first) = (TodoHistory.Entries(mine), TodoHistory.Entries(known));
        return entries.Count > count && first.Count > count
            && Enumerable.Range(0, count).All(at => entries[at].Value.SequenceEqual(first[at].Value))
            && (TodoHistory.MovedJson(mine)?.Memory ?? default).Span.SequenceEqual(
                (TodoHistory.MovedJson(known)?.Memory ?? default).Span);
    }

    public IReadOnlyList<TaskNote> ReadNotes() => TodoNotes.Read(Json);

    public INoteList WithNote(TaskNote note) => new RewrittenNotes(Json, Id, note);

    public ITaskSource After(TaskPatch change, ComingCommit commit) => new ComingTodo(this, change, commit);

    public bool SaysTheSameAs(ITaskSource other) => JsonSame.As(Json.Span, other.Json.Span);

    public IReadOnlyList<string> NamesOf(TodoField field) => TodoFieldNames.Of(Json, field);

    public IForeignDependencies Rewrite(IReadOnlyList<string> ids, IReadOnlyCollection<string> unread) =>
        new RewrittenDependencies(Json, Id, ids, unread);

    // What the newest patch sets, the older ones need not tell: from here back to where the task is known, or to where it began if nothing
    // in between sets anything else.
    private AgentTask ParsePatches(PatchLog patches)
    {
        var parser = new TodoParser(Id);
        PatchLog? log = patches;
        var end = _end;
        var before = patches.Root;
        while (log is not null)
        {
            if (_parsed?.StandsAt(log, end) == true)
            {
                before = _parsed;
                break;
            }
            if ((log.FieldsTo(end) & ~(parser.Seen | TodoField.Other)) == TodoField.None)
                break;
            parser.AddOlder(PatchLog.TakeNewest(ref log, ref end).Span);
        }
        _parsed = null; // Each would keep the one before it.
        return parser.Finish(before.Task, this);
    }

    private AgentTask Parsed()
    {
        lock (this)
        {
            var task = _task ?? (_patches is { } patches ? ParsePatches(patches) : TodoParser.Parse(_json, this));
            Volatile.Write(ref _task, task);
            return task;
        }
    }

    private bool StandsAt(PatchLog patches, int end) => _end == end && _patches == patches;

    private void Collapse(PatchLog patches)
    {
        // Where the task of an earlier version is known, this one's comes from that, not from all the bytes with their history. Where
        // nobody has asked so far, nobody may.
        if (_parsed is not null)
            _ = Task;
        _json = TodoSplicer.Apply(patches.Root.Styled().Span, patches.Newest(_end), Version ?? 0);
        _patches = null;
    }
}
