using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// One todo at one version: the bytes of a document, and the patches of the journal since. They are put into the bytes only when somebody
/// wants those (the view, a listing as JSON), so a commit costs the same whatever the size of the todo. To the outside an entry never
/// changes; what it works out on demand, it keeps.
/// </summary>
/// <remarks>An entry is its own gate: another object for each would be one more per todo for the garbage collector.</remarks>
internal sealed class TodoEntry
{
    private static long _places;

    private readonly CommitVersion? _commit;
    private readonly long _version;
    private ReadOnlyMemory<byte> _json;
    private byte[]? _lead; // of a new todo that is still on the one line of the journal: how its document writes todos

    // Cleared last, and read without the gate by entries that build on this one: null means that the bytes are whole.
    private volatile PatchLog? _patches;
    private readonly int _end; // of the newest patch that is ours
    private TodoEntry? _parsed; // the newest before it whose task is known
    private AgentTask? _task;

    /// <summary>A todo as its bytes.</summary>
    public TodoEntry(string id, ReadOnlyMemory<byte> json)
    {
        Id = id;
        Place = Interlocked.Increment(ref _places);
        _json = json;
    }

    /// <summary>
    /// A new todo as its commit brings it, on one line. It takes the style of its document when somebody wants the bytes.
    /// </summary>
    public static TodoEntry New(string id, ReadOnlyMemory<byte> json, byte[] lead) => new(id, json) { _lead = lead };

    /// <summary>The same bytes as the first of so many of its id.</summary>
    public TodoEntry Among(int twins, int openTwins) => new(Id, Json) { Place = Place, Twins = twins, OpenTwins = openTwins };

    /// <summary>Other bytes in its place.</summary>
    public TodoEntry Instead(byte[] json) => new(Id, json) { Place = Place, Twins = Twins, OpenTwins = OpenTwins };

    private TodoEntry(TodoEntry previous, PatchLog patches, int end, long version, CommitVersion? commit = null)
    {
        Id = previous.Id;
        Place = previous.Place;
        (Twins, OpenTwins) = (previous.Twins, previous.OpenTwins);
        _version = version;
        _commit = commit;
        _patches = patches;
        _end = end;
        _parsed = previous._task is null ? previous._parsed : previous;
    }

    public string Id { get; }

    /// <summary>
    /// False for what a document has among its todos that is no todo, or a second one of the same id: kept, never addressed.
    /// </summary>
    public bool IsAddressable { get; init; } = true;

    /// <summary>How many others of its id the document has, which no verb reaches: for whoever waits for it, all have to be done.</summary>
    public int Twins { get; init; }

    /// <summary>How many of those are not done.</summary>
    public int OpenTwins { get; init; }

    /// <summary>Larger than that of every todo before it in the document; the same for all versions of a todo.</summary>
    public long Place { get; init; }

    /// <summary>The commit of the last patch; null if there is none here and the todo itself tells.</summary>
    public long? Version => _commit?.Value ?? (_end > 0 ? _version : null);

    /// <summary>The typed task; parsed once.</summary>
    public AgentTask Task
    {
        get
        {
            lock (this)
            {
                return _task ??= _patches is { } patches ? ParsePatches(patches) : TodoParser.Parse(_json.Span, this);
            }
        }
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

    /// <summary>The bytes, with every patch in them.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            lock (this)
            {
                if (_patches is { } patches)
                    Collapse(patches);
                if (_lead is { } lead)
                    _json = TodoStyle.Expand(_json, lead);
                _lead = null;
                return _json;
            }
        }
    }

    /// <summary>The length of the bytes without the patches.</summary>
    public int Size => _json.Length;

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
    public TodoEntry With(List<ReadOnlyMemory<byte>> patches, long version)
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
    /// <param name="commit">The commit that it will be part of.</param>
    public TodoEntry Beside(ReadOnlySpan<byte> patch, CommitVersion commit)
    {
        int end;
        var patches = _patches?.Beside(_end, patch, PatchShape.Unknown, out end) ?? PatchLog.Over(this, patch, PatchShape.Unknown, out end);
        return new TodoEntry(this, patches, end, version: 0, commit);
    }

    public string ToJson() => Encoding.UTF8.GetString(Json.ToArray());

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

    private bool StandsAt(PatchLog patches, int end) => _end == end && _patches == patches;

    private void Collapse(PatchLog patches)
    {
        // Where the task of an earlier version is known, this one's comes from that, not from all the bytes with their history. Where
        // nobody has asked so far, nobody may.
        if (_parsed is not null)
            _ = Task;
        _json = TodoSplicer.Apply(patches.Root.Json.Span, patches.Newest(_end), Version ?? 0);
        _patches = null;
    }
}
