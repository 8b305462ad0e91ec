using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// One todo at one version: the bytes of a document, or an earlier entry and a patch of the journal. A patch is put into the bytes only
/// when somebody wants them (the view, a listing as JSON), so a commit costs the same whatever the size of the todo. To the outside an
/// entry never changes; what it works out on demand, it keeps.
/// </summary>
internal sealed class TodoEntry
{
    // Bounds the memory that a task changed very often keeps between two publications.
    private const int LongestChain = 256;

    /// <summary>A patch that changes nothing but the version.</summary>
    public static readonly ReadOnlyMemory<byte> NoPatch = "{}"u8.ToArray();

    private static long _places;

    private readonly object _gate = new();
    private readonly int _chain;
    private readonly CommitVersion? _commit;
    private ReadOnlyMemory<byte> _json;
    private byte[]? _lead; // of a new todo that is still on the one line of the journal: how its document writes todos

    // Cleared last, and read without the gate by entries that build on this one: null means that the bytes are whole.
    private volatile TodoEntry? _previous;
    private readonly ReadOnlyMemory<byte> _patch;
    private readonly TodoField _fields; // what the patches of the chain set, this one's included
    private readonly TodoEntry? _root; // where the chain began
    private AgentTask? _task;

    /// <summary>A todo as its bytes.</summary>
    public TodoEntry(string id, ReadOnlyMemory<byte> json)
    {
        Id = id;
        Place = Interlocked.Increment(ref _places);
        _json = json;
    }

    /// <summary>A new todo as its commit brings it, on one line. It takes the style of its document when somebody wants the bytes.</summary>
    public static TodoEntry New(string id, ReadOnlyMemory<byte> json, byte[] lead) => new(id, json) { _lead = lead };

    private TodoEntry(TodoEntry previous, ReadOnlyMemory<byte> patch, CommitVersion commit, TodoField fields)
    {
        Id = previous.Id;
        Place = previous.Place;
        _commit = commit;
        _previous = previous;
        _patch = patch;
        _chain = previous._chain + 1;
        _fields = previous._fields | fields;
        _root = previous._root ?? previous;
    }

    public string Id { get; }

    /// <summary>False for what a document has among its todos that is no todo, or a second one of the same id: kept, never addressed.</summary>
    public bool IsAddressable { get; init; } = true;

    /// <summary>Larger than that of every todo before it in the document; the same for all versions of a todo.</summary>
    public long Place { get; init; }

    /// <summary>The commit of the last patch; null if there is none here and the todo itself tells.</summary>
    public long? Version => _commit?.Value;

    /// <summary>The typed task; parsed once.</summary>
    public AgentTask Task
    {
        get
        {
            lock (_gate)
            {
                return _task ??= _previous is null ? TodoParser.Parse(_json.Span, this) : ParsePatches();
            }
        }
    }

    /// <summary>The bytes, with every patch in them.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            lock (_gate)
            {
                if (_previous is not null)
                    Collapse();
                if (_lead is { } lead)
                    _json = TodoStyle.Expand(_json, lead);
                _lead = null;
                return _json;
            }
        }
    }

    /// <summary>Whether it is time to put the patches into the bytes, at a moment when nobody waits.</summary>
    public bool IsLong => _chain >= LongestChain && _previous is not null;

    /// <summary>The todo after one more patch.</summary>
    /// <param name="patch">The members of an operation of the journal.</param>
    /// <param name="commit">Whose it is.</param>
    /// <param name="fields">The fields that it sets, or more.</param>
    public TodoEntry With(ReadOnlyMemory<byte> patch, CommitVersion commit, TodoField fields = TodoField.All)
    {
        // Once the patches are in the bytes, the chain begins anew.
        var start = _chain > 0 && _previous is null ? new TodoEntry(Id, _json) { _task = _task, Place = Place } : this;
        return new TodoEntry(start, patch, commit, fields);
    }

    public string ToJson() => Encoding.UTF8.GetString(Json.ToArray());

    // What the newest patch sets, the older ones need not tell: from here back to where the task is known, or to where it began if nothing
    // in between sets anything else.
    private AgentTask ParsePatches()
    {
        var parser = new TodoParser();
        var entry = this;
        for (; entry._previous is { } previous && (entry._task is null || entry == this); entry = previous)
        {
            if ((entry._fields & ~parser.Seen) == TodoField.None)
            {
                entry = entry._root!;
                break;
            }
            parser.AddOlder(entry._patch.Span);
        }
        return parser.Finish(entry.Task, this);
    }

    private void Collapse()
    {
        _ = Task;
        var patches = new List<JsonMember>(_chain);
        var entry = this;
        for (; entry._previous is { } previous; entry = previous)
            patches.Add(new JsonMember("", entry._patch));
        patches.Reverse();
        _json = TodoSplicer.Apply(entry.Json.Span, patches, Version ?? 0);
        _previous = null;
    }
}
