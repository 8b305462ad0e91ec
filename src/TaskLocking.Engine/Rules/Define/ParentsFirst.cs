using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Rules;

/// <summary>
/// The order in which tasks are defined where a parent stands behind its children: as they come, but each behind its parent. Circles are
/// left as they are: there the first one has no parent yet, and is refused for that.
/// </summary>
internal static class ParentsFirst
{
    /// <summary>The places in that order; null where they need no other than they have.</summary>
    public static IReadOnlyList<int>? Of(IReadOnlyList<TaskDefinition> definitions)
    {
        if (definitions.Count == 1 || definitions.All(definition => string.IsNullOrEmpty(definition.Parent)))
            return null;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = definitions.Count - 1; i >= 0; i--)
            places[definitions[i].Id ?? ""] = i; // The first of an id counts.
        var order = new List<int>(definitions.Count);
        var isMet = new bool[definitions.Count];
        var way = new Stack<int>();
        for (var i = 0; i < definitions.Count; i++)
        {
            for (var at = i; at >= 0 && !isMet[at]; at = Above(at))
            {
                isMet[at] = true;
                way.Push(at);
            }
            while (way.Count > 0)
                order.Add(way.Pop());
        }
        return order;

        int Above(int at) => definitions[at].Parent is { Length: > 0 } parent && places.TryGetValue(parent, out var above) ? above : -1;
    }
}
