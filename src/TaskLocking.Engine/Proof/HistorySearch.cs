using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Whether the answers about one task can be explained by operations that took effect one after the other, each between its start and
/// its end. Wing and Gong's search in Lowe's just-in-time form: it follows the history through time, keeps every configuration that is
/// still possible, and lets operations take effect only when an end demands it. Configurations that are equal are one, and what an
/// operation that changes nothing finds right it takes at once, which never closes a way; so the cost depends on how many operations
/// that change something overlap, not on the length of the history.
/// </summary>
internal sealed class HistorySearch
{
    private readonly TaskModel _model;
    private readonly HistoryItem?[] _slots;
    private readonly int _bound;
    private int _visited;

    private HistorySearch(TaskModel model, int slots, int bound)
    {
        _model = model;
        _slots = new HistoryItem?[slots];
        _bound = bound;
    }

    /// <param name="model">The specification.</param>
    /// <param name="initial">The state before.</param>
    /// <param name="history">The operations on the task.</param>
    /// <param name="bound">How many configurations may be looked at.</param>
    public static HistoryVerdict Run(TaskModel model, TaskState initial, IEnumerable<HistoryItem> history, int bound)
    {
        var events = Events(history);
        var (open, most) = (0, 0);
        foreach (var (_, isEnd, _, _) in events)
        {
            open += isEnd ? -1 : 1;
            most = most > open ? most : open;
        }
        return new HistorySearch(model, most, bound).Run(initial, events);
    }

    // At one tick starts come first: what may have overlapped did.
    private static List<(long Time, bool IsEnd, int Index, HistoryItem Item)> Events(IEnumerable<HistoryItem> history) =>
        history.Where(item => item.Matters)
            .SelectMany((item, index) => item.End is { } end
                ? [(Time: item.Operation.Start, IsEnd: false, Index: index, Item: item), (Time: end, IsEnd: true, Index: index, Item: item)]
                : new[] { (Time: item.Operation.Start, IsEnd: false, Index: index, Item: item) })
            .OrderBy(point => point.Time).ThenBy(point => point.IsEnd).ToList();

    private HistoryVerdict Run(TaskState initial, List<(long Time, bool IsEnd, int Index, HistoryItem Item)> events)
    {
        var possible = new HashSet<Configuration> { new(initial, new ulong[(_slots.Length >> 6) + 1]) };
        var places = new Dictionary<int, int>();
        foreach (var (time, isEnd, index, item) in events)
        {
            if (!isEnd)
            {
                var free = places[index] = Array.IndexOf(_slots, null);
                _slots[free] = item;
                possible = [.. possible.Select(Settle)];
                continue;
            }
            var slot = places[index];
            var next = Reach(possible, slot, time);
            if (_visited > _bound)
                return new HistoryVerdict(null, null, _visited);
            if (!item.IsRequired)
                next.UnionWith(possible.Where(configuration => !configuration.Has(slot)));
            else if (next.Count == 0)
                return new HistoryVerdict(false, item.Operation, _visited);
            possible = next;
            _slots[slot] = null;
        }
        return new HistoryVerdict(true, null, _visited);
    }

    // Every configuration in which the slot's operation has just taken effect, or had before.
    private HashSet<Configuration> Reach(HashSet<Configuration> possible, int slot, long now)
    {
        var reached = new HashSet<Configuration>();
        var seen = new HashSet<Configuration>(possible);
        var todo = new Stack<Configuration>(possible);
        while (todo.Count > 0 && ++_visited <= _bound)
        {
            var configuration = todo.Pop();
            if (configuration.Has(slot))
            {
                reached.Add(configuration.Without(slot));
                continue;
            }
            foreach (var next in Next(configuration, now).Where(seen.Add))
                todo.Push(next);
        }
        return reached;
    }

    // Whoever has not ended by now ends later: what is so now may be so for him.
    private IEnumerable<Configuration> Next(Configuration from, long now)
    {
        if (TaskModel.Heal(from.State, now) is { } healed)
            yield return Settle(from.With(healed));
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { } item && !from.Has(slot) && Step(from.State, item) is { } state)
                yield return Settle(from.With(state, slot));
        }
    }

    private Configuration Settle(Configuration configuration)
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { IsRequired: true } item && !configuration.Has(slot) && configuration.State.Equals(Step(configuration.State, item)))
                configuration = configuration.With(configuration.State, slot);
        }
        return configuration;
    }

    private TaskState? Step(TaskState state, HistoryItem item) => _model.Step(state, item.Operation);
}
