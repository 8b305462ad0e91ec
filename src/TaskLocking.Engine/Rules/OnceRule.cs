using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// A rule whose request names itself: sent again it changes nothing and is answered as it was. What is remembered goes with the change in
/// one commit; where nothing was changed nothing is remembered, and asking again is no harm.
/// </summary>
/// <remarks>
/// Kept are the last <see cref="ServedRequest.MostKept"/> of a board, none longer than <see cref="ServedRequest.Kept"/>. Each commit that
/// adds one forgets those that are over, a few at a time.
/// </remarks>
/// <param name="rule">The rule.</param>
/// <param name="id">The name of the request.</param>
/// <param name="print">What it asks for, as a number.</param>
/// <param name="form">How its answers are remembered.</param>
internal sealed class OnceRule<TAnswer>(ITaskRule<TAnswer> rule, string id, string print, AnswerForm<TAnswer> form) : ITaskRule<TAnswer>
{
    private const int MostForgotten = 4;

    /// <exception cref="TaskLockingException">RequestIdReused, InvalidArgument, LeaseLost, and the rule's own.</exception>
    public TAnswer Decide(TaskDraft draft)
    {
        if (draft.FindServed(id) is { } served && draft.Now - served.At < ServedRequest.Kept)
            return Again(served, draft);
        var answer = rule.Decide(draft);
        if (draft.Changes.Changes.Count == 0)
            return answer;
        var (items, isWhole, nothing) = form.Remember(answer);
        if (items.Count > ServedRequest.MostTasks)
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"A request with an id of its own is about {items.Count} tasks; at "
                + $"most {ServedRequest.MostTasks} can be. Send it in parts, each with an id, or without one.");
        foreach (var over in Over(draft))
            draft.Remove(over);
        draft.Put(new ServedRequest(id, print, draft.Now, isWhole, nothing, items));
        return answer;
    }

    private TAnswer Again(ServedRequest served, TaskDraft draft)
    {
        if (served.Print != print)
            throw new TaskLockingException(RefusalCode.RequestIdReused,
                $"The request id {id} was used before, for another request. Give each request an id of its own; send the same again under "
                    + "the same one.");
        draft.IsReplay = true;
        return form.Again(served, draft);
    }

    private List<ServedRequest> Over(TaskDraft draft)
    {
        var kept = draft.Served;
        var tooMany = kept.Count - (ServedRequest.MostKept - 1);
        return kept.Where(each => each.Id != id).OrderBy(each => each.At).Take(MostForgotten)
            .Where((each, at) => at < tooMany || draft.Now - each.At >= ServedRequest.Kept).ToList();
    }
}
