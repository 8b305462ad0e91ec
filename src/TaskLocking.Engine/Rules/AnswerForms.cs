using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>The forms of all answers.</summary>
internal static class AnswerForms
{
    /// <summary>An outcome each.</summary>
    public static AnswerForm<IReadOnlyList<TaskOutcome>> Each { get; } = new EachForm();

    /// <summary>A batch.</summary>
    public static AnswerForm<AssignmentResult> Batch { get; } = new BatchForm();

    /// <summary>Claims.</summary>
    public static AnswerForm<TaskRequestAnswer> Claims { get; } = new ClaimsForm();

    /// <summary>An outcome each, and claims.</summary>
    public static AnswerForm<CompletionAnswer> EachAndClaims { get; } = new EachAndClaimsForm();

    private sealed class EachForm : AnswerForm<IReadOnlyList<TaskOutcome>>
    {
        public override (IReadOnlyList<ServedItem> Items, bool IsWhole, string? Nothing) Remember(IReadOnlyList<TaskOutcome> answer) =>
            (Items(answer), true, null);

        public override IReadOnlyList<TaskOutcome> Again(ServedRequest served, TaskDraft draft) => Outcomes(served, draft);
    }

    private sealed class BatchForm : AnswerForm<AssignmentResult>
    {
        public override (IReadOnlyList<ServedItem> Items, bool IsWhole, string? Nothing) Remember(AssignmentResult answer) =>
            (Items(answer.Assigned.Concat(answer.Failed)), answer.Success, null);

        public override AssignmentResult Again(ServedRequest served, TaskDraft draft)
        {
            var outcomes = Outcomes(served, draft).ToLookup(outcome => outcome.Refusal is null);
            return new AssignmentResult(served.IsWhole, outcomes[true].ToList(), outcomes[false].ToList());
        }
    }

    private sealed class ClaimsForm : AnswerForm<TaskRequestAnswer>
    {
        public override (IReadOnlyList<ServedItem> Items, bool IsWhole, string? Nothing) Remember(TaskRequestAnswer answer) =>
            (Items(answer.Claimed, isNext: true), true, answer.Nothing);

        public override TaskRequestAnswer Again(ServedRequest served, TaskDraft draft) => Claimed(served, draft);
    }

    private sealed class EachAndClaimsForm : AnswerForm<CompletionAnswer>
    {
        public override (IReadOnlyList<ServedItem> Items, bool IsWhole, string? Nothing) Remember(CompletionAnswer answer)
        {
            var items = Items(answer.Completed);
            items.AddRange(Items(answer.Next?.Claimed ?? [], isNext: true));
            return (items, answer.Next is not null, answer.Next?.Nothing);
        }

        public override CompletionAnswer Again(ServedRequest served, TaskDraft draft) =>
            new(Outcomes(served, draft), served.IsWhole ? Claimed(served, draft) : null);
    }
}
