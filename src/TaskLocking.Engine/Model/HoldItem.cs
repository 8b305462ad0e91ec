using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// What can be held: a task, or a place at a resource. Everybody takes them in one order, tasks first and both by name, so that nobody
/// waits for one who waits for him; the scarce thing comes last and is held the shortest.
/// </summary>
/// <param name="Name">The id of the task, or the name of the resource.</param>
/// <param name="Limit">How many may hold the resource at once; 0 for a task.</param>
internal sealed record HoldItem(string Name, int Limit = 0)
{
    public bool IsResource => Limit > 0;

    /// <summary>Each once, in the order in which they are taken.</summary>
    public static HoldItem[] InOrder(IEnumerable<HoldItem> items)
    {
        var ordered = items.ToArray();
        Array.Sort(ordered, Compare);
        return ordered.Where((item, at) => at == 0 || Compare(ordered[at - 1], item) != 0).ToArray();
    }

    /// <summary>Less than 0 where the one is taken before the other, 0 where they are the same thing, whatever their limits.</summary>
    public static int Compare(HoldItem one, HoldItem other) => one.IsResource == other.IsResource
        ? string.CompareOrdinal(one.Name, other.Name)
        : one.IsResource ? 1 : -1;

    public override string ToString() => (IsResource ? "resource " : "task ") + Name;
}
