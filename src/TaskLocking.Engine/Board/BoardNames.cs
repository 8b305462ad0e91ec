using System;
using System.Collections.Generic;
using TaskLocking.Characters;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// What the names of a state look like: built when somebody first brings in a new one, then brought up to date by what changed since it was
/// last asked for. Who brings in none pays for none.
/// </summary>
internal sealed class BoardNames
{
    private const int MostKept = 1_000;

    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);
    private NameBook? _book;
    private LikeIndex? _ids;
    private HashSet<string>? _workers; // names that were looked for and look like no other

    /// <summary>Whether a change has to be told.</summary>
    public bool IsBuilt => _book is not null;

    /// <summary>The id that looks like this one, or is it; null if there is none.</summary>
    public string? FindIdLike(string id, IReadOnlyCollection<string> ids) => (_ids ??= new LikeIndex(ids, ids.Count)).Find(id);

    public void Added(string id) => _ids?.Add(id);

    public void Removed(string id, IEnumerable<string> rest) => _ids?.Remove(id, rest);

    /// <summary>A todo is another now, or gone.</summary>
    public void Changed(string id)
    {
        if (IsBuilt)
            _behind.Add(id);
    }

    /// <summary>The swarms and tags of the state as it is now.</summary>
    public NameBook BookOf(BoardState state)
    {
        if (_book is null)
        {
            _book = new NameBook();
            foreach (var entry in state.Entries)
            {
                if (entry.IsAddressable)
                    Set(entry.Id, entry);
            }
        }
        foreach (var id in _behind)
            Set(id, state.FindEntry(id));
        _behind.Clear();
        return _book;
    }

    /// <summary>
    /// Who has a task or a file under a name that looks like this one without being it; null if nobody has, or somebody has under this one.
    /// Each name is looked for once: whoever comes later with one that looks like it is found himself.
    /// </summary>
    public string? FindWorkerLike(BoardState state, string name)
    {
        if (_workers?.Contains(name) == true)
            return null;
        var names = new List<string>();
        foreach (var entry in state.Entries)
        {
            if (entry.IsAddressable)
                entry.ReadWorkers(names);
        }
        foreach (var lease in state.FileLeases)
            names.Add(lease.Agent);
        var like = LookAlike.FindIn(names, name);
        if (like is null && (_workers ??= new(StringComparer.Ordinal)).Count < MostKept)
            _workers.Add(name);
        return like;
    }

    private void Set(string id, TodoEntry? entry)
    {
        string? swarm = null;
        IReadOnlyList<string> tags = [];
        entry?.ReadNames(out swarm, out tags);
        _book!.Set(id, swarm, tags);
    }
}
