using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>How many tasks each has. A person and an agent of one name are two.</summary>
internal sealed class OwnerCounts
{
    // Boxed: a dictionary of a structure would have to be compiled in a cold process. Two of them, so that no key has to be made.
    private readonly Dictionary<string, int[]> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _persons = new(StringComparer.Ordinal);

    public int Of(Worker worker) => CountsOf(worker.IsPerson).TryGetValue(worker.Name, out var count) ? count[0] : 0;

    public void Add(string name, bool isPerson)
    {
        var counts = CountsOf(isPerson);
        if (!counts.TryGetValue(name, out var count))
            counts.Add(name, count = [0]);
        count[0]++;
    }

    public void Remove(string name, bool isPerson)
    {
        var counts = CountsOf(isPerson);
        if (--counts[name][0] == 0)
            counts.Remove(name);
    }

    private Dictionary<string, int[]> CountsOf(bool isPerson) => isPerson ? _persons : _agents;
}
