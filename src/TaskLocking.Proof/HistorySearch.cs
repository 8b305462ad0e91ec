using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Whether the answers about one task can be explained by operations that took effect one after the other, each between its start and
/// its end. Wing and Gong's search in Lowe's just-in-time form: it follows the history through time, keeps every configuration that is
/// still possible, and lets operations take effect only when an end demands it. What an operation that changes nothing finds right it
/// takes at once, which never closes a way; needless configurations are dropped (<see cref="Frontier"/>), and of open operations that
/// are alike the first is taken first. So the cost depends on how many operations that change something overlap, not on the length of
/// the history.
/// </summary>
internal sealed class HistorySearch
{
    private readonly TaskModel _model;
    private readonly HistoryItem?[] _slots;
    private readonly ulong[] _free;
    private readonly int _bound;
    private int _cost;

    private HistorySearch(TaskModel model, int slots, int bound)
    {
        _model = model;
        _slots = new HistoryItem?[slots];
        _free = new ulong[(slots >> 6) + 1];
        _bound = bound;
    }

    /// <param name="model">The specification.</param>
    /// <param name="initial">The state before.</param>
    /// <param name="history">The operations on the task.</param>
    /// <param name="bound">How many comparisons of configurations it may take.</param>
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
        IReadOnlyList<Configuration> possible = [new(initial, new ulong[_free.Length])];
        var places = new Dictionary<int, int>();
        foreach (var (time, isEnd, index, item) in events)
        {
            if (!isEnd)
            {
                var free = places[index] = Array.IndexOf(_slots, null);
                _slots[free] = item;
                _free[free >> 6] |= item.IsRequired ? 0 : 1UL << free;
                possible = [.. possible.Select(Settle)];
                continue;
            }
            var slot = places[index];
            var reached = Reach(possible, slot, time);
            if (_cost > _bound)
                return new HistoryVerdict(null, null, _cost);
            if (item.IsRequired && reached.Count == 0)
                return new HistoryVerdict(false, item.Operation, _cost);
            _slots[slot] = null;
            _free[slot >> 6] &= ~(1UL << slot);
            var next = new Frontier(_free);
            foreach (var configuration in reached.Concat(item.IsRequired ? [] : possible))
                next.Add(configuration.Without(slot));
            possible = [.. next.All];
        }
        return new HistoryVerdict(true, null, _cost);
    }

    // Every configuration in which the slot's operation has just taken effect, or had before; short ways first, for they leave more open.
    private List<Configuration> Reach(IReadOnlyList<Configuration> possible, int slot, long now)
    {
        var reached = new List<Configuration>();
        var seen = new Frontier(_free);
        var todo = new Queue<Configuration>(possible.Where(seen.Add));
        while (todo.Count > 0 && _cost + seen.Cost <= _bound)
        {
            var configuration = todo.Dequeue();
            if (configuration.Has(slot))
            {
                reached.Add(configuration);
                continue;
            }
            foreach (var next in Next(configuration, now).Where(seen.Add))
                todo.Enqueue(next);
        }
        _cost += seen.Cost;
        return reached;
    }

    // Whoever has not ended by now ends later: what is so now may be so for him.
    private IEnumerable<Configuration> Next(Configuration from, long now)
    {
        if (TaskModel.Heal(from.State, now) is { } healed)
            yield return Settle(from.With(healed));
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { } item && !from.Has(slot) && !IsLaterTwin(from, slot, item) && Step(from.State, item) is { } state)
                yield return Settle(from.With(state, slot));
        }
    }

    // Both never end, and what one could do later the other can.
    private bool IsLaterTwin(Configuration from, int slot, HistoryItem item)
    {
        for (var other = 0; other < slot && item.End is null; other++)
        {
            if (!from.Has(other) && _slots[other] is { End: null } twin && TaskModel.IsAlike(twin.Operation, item.Operation))
                return true;
        }
        return false;
    }

    private Configuration Settle(Configuration configuration)
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { IsRequired: true } item && !configuration.Has(slot)
                && configuration.State.Equals(Step(configuration.State, item)))
                configuration = configuration.With(configuration.State, slot);
        }
        return configuration;
    }

    private TaskState? Step(TaskState state, HistoryItem item) => _model.Step(state, item.Operation);
}
