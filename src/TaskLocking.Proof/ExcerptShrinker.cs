using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds the few operations of a history that cannot be explained together. An operation that is left out is not thought away, for then
/// nobody could have what it gave: it may still have taken effect or not, only its answer no longer counts. So what remains contradicts
/// itself whatever the others did, and each of it is needed for that.
/// </summary>
/// <param name="isInexplicable">Whether a history surely has no explanation.</param>
internal sealed class ExcerptShrinker(Func<IReadOnlyList<HistoryItem>, bool> isInexplicable)
{
    /// <param name="history">A history without explanation.</param>
    /// <param name="failed">The first answer that nothing explains; what started after its end is at no fault.</param>
    /// <returns>The operations that are needed, in the order of their starts.</returns>
    public IReadOnlyList<Operation> Shrink(IEnumerable<HistoryItem> history, Operation failed)
    {
        var items = history.Where(item => item.Operation.Start <= failed.End).OrderBy(item => item.Operation.Start).ToList();
        var size = items.Count;
        while (size > 0)
        {
            var shrunk = false;
            for (var at = 0; at < items.Count; at += size)
                shrunk |= TryWeaken(items, at, Math.Min(at + size, items.Count));
            if (size > 1)
                size = (size + 1) / 2;
            else if (!shrunk)
                break;
        }
        return items.Where(item => item.IsRequired).Select(item => item.Operation).ToList();
    }

    private bool TryWeaken(List<HistoryItem> items, int from, int to)
    {
        if (!items.Skip(from).Take(to - from).Any(item => item.IsRequired))
            return false;
        var weaker = items.Select((item, at) => at >= from && at < to ? item with { IsRequired = false } : item).ToList();
        if (!isInexplicable(weaker))
            return false;
        items.Clear();
        items.AddRange(weaker);
        return true;
    }
}
