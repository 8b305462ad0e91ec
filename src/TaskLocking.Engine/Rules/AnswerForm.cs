using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>How the answer to a request is remembered, and given again: the tasks as they are by then.</summary>
internal abstract class AnswerForm<TAnswer>
{
    /// <summary>What became of each task, whether all was done, and why nothing came next.</summary>
    public abstract (IReadOnlyList<ServedItem> Items, bool IsWhole, string? Nothing) Remember(TAnswer answer);

    /// <summary>The answer once more.</summary>
    /// <exception cref="TaskLockingException">LeaseLost: what was claimed then is not claimed any more.</exception>
    public abstract TAnswer Again(ServedRequest served, TaskDraft draft);

    private protected static List<ServedItem> Items(IEnumerable<TaskOutcome> outcomes, bool isNext = false) =>
        outcomes.Select(outcome => ServedItem.Of(outcome, isNext)).ToList();

    private protected static IReadOnlyList<TaskOutcome> Outcomes(ServedRequest served, TaskDraft draft) =>
        served.Items.Where(item => !item.IsNext).Select(item => Outcome(item, draft)).ToList();

    // Who was given nothing is told so again. Of what was claimed then it counts what still is.
    private protected static TaskRequestAnswer Claimed(ServedRequest served, TaskDraft draft)
    {
        var outcomes = served.Items.Where(item => item.IsNext).Select(item => Outcome(item, draft)).ToList();
        var held = outcomes.FindAll(outcome => outcome.Refusal is null);
        if (outcomes.Count > 0 && held.Count == 0)
            throw new TaskLockingException(outcomes[0].Refusal!);
        return new TaskRequestAnswer(held.Count > 0 ? held[0].Task : null, served.Nothing, []) { Claimed = held };
    }

    private static TaskOutcome Outcome(ServedItem item, TaskDraft draft)
    {
        if (item.Code is { } code)
            return new TaskOutcome(item.Id, null, new Refusal(code, item.Message ?? code.ToString(), item.Id), Changed: false);
        if (draft.Find(item.Id) is not { } task)
            return new TaskOutcome(item.Id, null, TaskRefusals.NotFound(item.Id), Changed: false);
        if (item.Token is not { } token || task.Claim?.Token == token)
            return new TaskOutcome(item.Id, task, null, item.Changed);
        return new TaskOutcome(item.Id, null, new Refusal(RefusalCode.LeaseLost,
            $"This request was served before, by a claim of task {item.Id} with the token {token}, which has ended since", item.Id)
        {
            ExpectedToken = token,
            FoundToken = task.Claim?.Token,
            Agent = task.Claim?.Agent,
        }, Changed: false);
    }
}
