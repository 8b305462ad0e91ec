using System.Globalization;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// What children make of their parent. When the last open one is closed, goes or is taken out, and one is done, the parent is done in the
/// same commit, or in Review where a person has to look at it; unless somebody has it in hands, whose work it is then to complete it, or it
/// waits for something else. When a child that was closed is open again, so is a parent that was done. Failures make nothing of it: those
/// travel by dependencies alone. And so upwards.
/// </summary>
internal static class FamilyRise
{
    /// <summary>
    /// Brings parents to the status that their children give them, as far as the draft has changed that; to be called when a task, or all
    /// of it, is decided.
    /// </summary>
    public static void Settle(TaskDraft draft)
    {
        // What becomes of a parent may decide over its own.
        while (draft.TakeUnsettledFamily() is { } family)
            Settle(draft, draft.AskedGraph, family.Parent, family.Closed, family.Reopened);
    }

    private static void Settle(TaskDraft draft, TaskGraph graph, string id, string? closed, string? reopened)
    {
        if (reopened is not null && graph.OpenChildCountOf(id) > 0)
            Reopen(draft, id, reopened);
        if (closed is null)
            return;
        draft.RestOnFamily(id, graph);
        if (graph.OpenChildCountOf(id) == 0 && graph.DoneChildCountOf(id) > 0 && draft.Find(id) is { } parent && CanRise(draft, parent))
            Rise(draft, graph, parent, closed);
    }

    /// <summary>Whether nothing but its children kept it from being done: it is in nobody's hands, and waits for nothing else.</summary>
    public static bool CanRise(TaskDraft draft, AgentTask parent) =>
        parent is { Status: AgentTaskStatus.Todo, Claim: null, IsUnderstood: true } && parent.Source is not { Twins: > 0 }
        && parent.Dependencies.All(id => draft.Find(id)?.IsMet == true);

    /// <summary>Brings a parent to Done, or to Review.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="last">The child that was closed last; null if nobody knows.</param>
    public static AgentTask Rise(TaskDraft draft, TaskGraph graph, AgentTask parent, string? last)
    {
        var tally = graph.TallyOf(parent.Id)!;
        var cancelled = tally.Closed - tally.Done;
        var why = tally.Done.ToString(CultureInfo.InvariantCulture) + " done"
            + (cancelled == 0 ? "" : string.Format(CultureInfo.InvariantCulture, ", {0} cancelled", cancelled))
            + (last is null ? "" : ", the last was " + last);
        return draft.Change(parent)
            .ForgetTrouble(parent)
            .SetStatus(parent.NeedsReview ? AgentTaskStatus.Review : AgentTaskStatus.Done)
            .TellChildren("open", "all closed: " + why)
            .Apply();
    }

    // Whoever waits for it and has begun is left as he is, as after a restart.
    private static void Reopen(TaskDraft draft, string id, string child)
    {
        if (draft.Find(id) is not { Status: AgentTaskStatus.Done } parent)
            return;
        var after = draft.Change(parent).SetStatus(AgentTaskStatus.Todo).TellChildren("all closed", $"open: {child} is open again").Apply();
        ClaimEnd.Settle(draft, parent, after);
    }
}
