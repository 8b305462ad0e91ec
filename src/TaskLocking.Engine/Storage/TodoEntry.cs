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

    // Cleared last, and read without the gate by entries that build on this one: null means that the bytes are whole.
    private volatile TodoEntry? _previous;
    private readonly ReadOnlyMemory<byte> _patch;
    private AgentTask? _task;

    /// <summary>A todo as its bytes.</summary>
    public TodoEntry(string id, ReadOnlyMemory<byte> json)
    {
        Id = id;
        Place = Interlocked.Increment(ref _places);
        _json = json;
    }

    private TodoEntry(TodoEntry previous, ReadOnlyMemory<byte> patch, CommitVersion commit)
    {
        Id = previous.Id;
        Place = previous.Place;
        _commit = commit;
        _previous = previous;
        _patch = patch;
        _chain = previous._chain + 1;
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
                return _task ??= _previous is { } previous
                    ? TodoParser.Apply(previous.Task, _patch.Span, this)
                    : TodoParser.Parse(_json.Span, this);
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
                return _json;
            }
        }
    }

    /// <summary>Whether it is time to put the patches into the bytes, at a moment when nobody waits.</summary>
    public bool IsLong => _chain >= LongestChain && _previous is not null;

    /// <summary>The todo after one more patch.</summary>
    public TodoEntry With(ReadOnlyMemory<byte> patch, CommitVersion commit)
    {
        // Once the patches are in the bytes, the chain begins anew.
        var start = _chain > 0 && _previous is null ? new TodoEntry(Id, _json) { _task = _task, Place = Place } : this;
        return new TodoEntry(start, patch, commit);
    }

    public string ToJson() => Encoding.UTF8.GetString(Json.ToArray());

    private void Collapse()
    {
        _ = Task;
        var patches = new Stack<JsonMember>();
        var entry = this;
        for (; entry._previous is { } previous; entry = previous)
            patches.Push(new JsonMember("", entry._patch));
        _json = TodoSplicer.Apply(entry._json.Span, patches, Version ?? 0);
        _previous = null;
    }
}
