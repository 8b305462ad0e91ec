using System;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>What a process decided itself it need not read again: the records have it.</summary>
internal sealed partial class BoardState
{
    // From so many new todos on the line is kept as it is, and each is a part of it, instead of a copy of each.
    private const int ManyNew = 1_000;

    /// <summary>Applies a commit of this process by what its rule recorded. It comes to the same as applying its line.</summary>
    /// <param name="set">The changes.</param>
    /// <param name="line">The line that was written of them; it does not change any more.</param>
    /// <param name="encoded">Where in it each of them stands.</param>
    public void ApplyOwn(ChangeSet set, ReadOnlyMemory<byte> line, EncodedChange[] encoded)
    {
        var at = 0;
        _ = JournalLine.TryReadHead(line.Span, ref at, out var version, out var time);
        Version = version;
        line.Span[time].CopyTo(_time ??= new byte[Timestamp.Length]);
        _lastModified = null;
        var isKnown = true;
        for (var i = 0; i < encoded.Length; i++)
        {
            var bytes = line[encoded[i].Start..encoded[i].End];
            if (set.Changes[i] is TaskAdded or TaskPatch or HistoryMoved)
                RemoveGoing();
            switch (set.Changes[i])
            {
                case TaskPatch patch:
                    Patch(patch, bytes.Span, encoded[i].History, ref isKnown);
                    break;
                case TaskAdded added:
                    var entry = TodoEntry.New(added.Id, encoded.Length < ManyNew ? bytes.ToArray() : bytes, Frame.TodoLead, version);
                    Add(IsAsked ? entry.Knowing(added.After.Facts) : entry);
                    Measure(added.Id, _entries.Count - 1);
                    break;
                case HistoryMoved moved:
                    MoveHistory(moved.Before.Id, moved.Count, moved.Moved);
                    break;
                case TaskRemoved removed:
                    _going.Add(removed.Before.Id);
                    break;
                case AgentChange agent:
                    Records = agent.After is null ? Records.WithoutAgent(agent.Key) : Records.With(agent.After);
                    break;
                case LeaseChange lease:
                    Records = lease.After is null ? Records.WithoutFile(lease.Key) : Records.With(lease.After);
                    break;
                case RequestChange request:
                    Records = request.After is null ? Records.WithoutServed(request.Key) : Records.With(request.After);
                    break;
                case SwarmChange swarm:
                    Records = swarm.After is null ? Records.WithoutSwarm(swarm.Key) : Records.With(swarm.After);
                    break;
                case ArchiveChange archive:
                    Records = archive.After is null ? Records.WithoutSegment(archive.Key) : Records.With(archive.After);
                    break;
                case RunChange run:
                    Records = Records.With(run.After);
                    break;
                default:
                    throw new InvalidOperationException($"A {set.Changes[i].GetType().Name} cannot be applied.");
            }
        }
        RemoveGoing();
    }

    // Whether somebody will soon want to know what became of a task.
    private bool IsAsked => _graph is not null || _names.IsBuilt;

    // A task that was another when the rule saw it is read from its bytes, and so is what the rule made of it.
    private void Patch(TaskPatch patch, ReadOnlySpan<byte> bytes, int history, ref bool isKnown)
    {
        if (!_index.TryGetValue(patch.Before.Id, out var place))
            return;
        var source = IsAsked ? patch.Before.Source : null;
        isKnown &= source is ComingTodo || (source is not null && ReferenceEquals(source, EntryAt(place)));
        if (!isKnown)
        {
            Patch(place, bytes);
            Measure(patch.Before.Id, place);
            return;
        }
        Remember(place);
        Own(index: false);
        Behind(patch.Before.Id);
        var entry = EntryAt(place).With(bytes, Version, new PatchShape(patch.FieldsSet, history)).Knowing(patch.After.Facts);
        _entries[place] = entry;
        if ((patch.FieldsSet & TodoField.Parent) != TodoField.None)
            _mayHaveParents = _mayHaveParents is null ? null : true;
        if (entry.IsLong)
            _long.Add(place);
        Size += SizeOfPatch;
        Measure(patch.Before.Id, place);
    }
}
