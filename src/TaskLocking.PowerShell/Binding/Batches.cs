using System;
using System.Collections;
using System.Collections.Generic;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// What a pipeline brings, by the board that it is about and the agent that acts: one commit each, in the order in which they came first.
/// Of a usual pipeline it is one.
/// </summary>
internal sealed class Batches<T> : IEnumerable<Batch<T>>
{
    private readonly List<Batch<T>> _batches = [];

    public void Add(TaskBoard board, T item, string? agent = null) => Of(board, agent).Items.Add(item);

    public void AddRange(TaskBoard board, IEnumerable<T> items) => Of(board, agent: null).Items.AddRange(items);

    public IEnumerator<Batch<T>> GetEnumerator() => _batches.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Batch<T> Of(TaskBoard board, string? agent)
    {
        var batch = _batches.Find(known =>
            ReferenceEquals(known.Board, board) && string.Equals(known.Agent, agent, StringComparison.Ordinal));
        if (batch is null)
            _batches.Add(batch = new Batch<T>(board, agent, []));
        return batch;
    }
}
