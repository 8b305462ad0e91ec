using System;
using System.Collections.Generic;

namespace TaskLocking.Characters;

/// <summary>Names that come many times, and what they look like.</summary>
internal sealed class NameCounts
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly LikeIndex _index = new([]);

    public bool Contains(string name) => _counts.ContainsKey(name);

    /// <summary>A name that looks like this one without being it; null if there is none, or if this one is there.</summary>
    public string? FindLike(string name) => Contains(name) ? null : _index.Find(name);

    public void Add(string name)
    {
        if (!_counts.TryGetValue(name, out var count))
            _index.Add(name);
        _counts[name] = count + 1;
    }

    public void Remove(string name)
    {
        if (--_counts[name] > 0)
            return;
        _counts.Remove(name);
        _index.Remove(name, _counts.Keys);
    }
}
