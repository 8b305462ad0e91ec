using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// What a draft knows of parents and children: which families it changes, and what a decision rests on there. How many children are open is
/// asked of the graph, which counts them; a board on which no task names a parent is asked nothing.
/// </summary>
internal sealed partial class TaskDraft
{
    private Dictionary<string, FamilyChange>? _families; // by the id of the parent
    private Queue<string>? _unsettled;
    private List<FamilyQuestion>? _familyQuestions;
    private List<string>? _witnesses;
    private bool _restsOnNoParents;

    /// <summary>The graph where tasks may have parents; null where none has. Who asks it tells what he rests on.</summary>
    internal TaskGraph? FamilyGraph
    {
        get
        {
            if (_families is not null || _state is not IFamilySource { MayHaveParents: false })
                return AskedGraph;
            _restsOnNoParents = true;
            return null;
        }
    }

    /// <summary>The children of a task that are neither done nor cancelled, in document order. The decision rests on there being some, or
    /// none.</summary>
    internal IReadOnlyList<string> OpenChildrenOf(string id)
    {
        if (FamilyGraph is not { } graph)
            return [];
        var open = graph.OpenChildrenOf(id);
        RestOnFamily(id, graph);
        return open;
    }

    /// <summary>All children of a task, in document order. The decision rests on how many there are.</summary>
    internal IReadOnlyList<string> ChildrenOf(string id)
    {
        if (FamilyGraph is not { } graph)
            return [];
        var children = graph.ChildrenOf(id);
        var change = ChangeOf(id);
        (_familyQuestions ??= []).Add(new FamilyQuestion(id, change.Total, change.Open, change.Done)
        {
            Total = children.Count,
        });
        return children;
    }

    /// <summary>
    /// Tells that the decision rests on whether a task has open children. Where it has, one of them is named: as long as that one stays as
    /// it is, the answer does, wherever else the board is. Where it has none, whoever gives it one changes what is known of the task.
    /// </summary>
    internal void RestOnFamily(string id, TaskGraph graph)
    {
        var change = ChangeOf(id);
        (_familyQuestions ??= []).Add(new FamilyQuestion(id, change.Total, change.Open, change.Done)
        {
            HasOpen = graph.OpenChildCountOf(id) > 0,
            HasDone = graph.DoneChildCountOf(id) > 0,
        });
        if (graph.AnyOpenChildOf(id) is { } witness)
            (_witnesses ??= []).Add(witness);
    }

    /// <summary>Open children that the decision rests on.</summary>
    internal IReadOnlyCollection<string> Witnesses => _witnesses ?? (IReadOnlyCollection<string>)[];

    /// <summary>
    /// The parents of which others may have thought that they have no open child, or a done one: whoever rests on that has looked at them.
    /// </summary>
    internal IEnumerable<string> WidenedFamilies =>
        _families is null ? [] : _families.Where(family => family.Value.IsWidened).Select(family => family.Key);

    /// <summary>
    /// A parent of which children were closed, or opened again, since that was last asked: with the last one closed, and one that is open
    /// again. Null if there is none.
    /// </summary>
    internal (string Parent, string? Closed, string? Reopened)? TakeUnsettledFamily()
    {
        if (_unsettled is not { Count: > 0 })
            return null;
        var parent = _unsettled.Dequeue();
        var (closed, reopened) = _families![parent].Settle();
        return (parent, closed, reopened);
    }

    private FamilyChange ChangeOf(string id) =>
        _families is not null && _families.TryGetValue(id, out var change) ? change : FamilyChange.None;

    private bool FamiliesHoldOn(IBoard state) =>
        !(_restsOnNoParents && state.MayHaveParents)
        && (_familyQuestions?.TrueForAll(question => question.IsAnsweredAlike(state.Graph)) ?? true);

    // Before the task is recorded.
    private void NoteFamily(string id, AgentTask? after)
    {
        var before = _changed.TryGetValue(id, out var changed) ? changed : _state.Find(id);
        if (before?.Parent is null && after?.Parent is null)
            return;
        var isMoved = !string.Equals(before?.Parent, after?.Parent, StringComparison.Ordinal);
        if (before?.Parent is { } left)
            Note(left, id, before, isMoved ? null : after);
        if (isMoved && after?.Parent is { } joined)
            Note(joined, id, null, after);
    }

    private void Note(string parent, string child, AgentTask? before, AgentTask? after)
    {
        _families ??= new(StringComparer.Ordinal);
        if (!_families.TryGetValue(parent, out var change))
            _families.Add(parent, change = new FamilyChange());
        change.Note(child, before, after);
        if (change.IsUnsettled)
            return;
        change.IsUnsettled = true;
        (_unsettled ??= new Queue<string>()).Enqueue(parent);
    }
}
