using System.Linq;

namespace TaskLocking.Rules;

/// <summary>
/// Ends work, and claims what comes next: it may be what waited for the work that ended. One commit; where the end of any task is refused,
/// the others end and nothing is claimed.
/// </summary>
internal sealed class CompleteNextRule(CompleteRule complete, RequestRule request) : ITaskRule<CompletionAnswer>
{
    /// <exception cref="TaskLockingException">As the request's; nothing is then completed either.</exception>
    public CompletionAnswer Decide(TaskDraft draft)
    {
        var completed = complete.Decide(draft);
        if (completed.Any(outcome => outcome.Refusal is not null))
            return new CompletionAnswer(completed, null);
        var next = request.Decide(draft);
        draft.RestsOnNothing = false; // That a task is done already does rest on something.
        return new CompletionAnswer(completed, next);
    }
}
