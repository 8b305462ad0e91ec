namespace TaskLocking.Rules;

/// <summary>
/// Takes tasks back from their owner. Refused for a task: InvalidArgument, TaskNotFound, VersionChanged, NotOwner and LeaseLost unless
/// forced: another owner, or a claim that holds and is not shown to be the caller's own; BatchRefused for those that fell with another. A
/// task that nobody has is no change.
/// </summary>
internal sealed class UnassignRule(UnassignmentRequest request, ILiveness? liveness = null) : ITaskRule<AssignmentResult>
{
    /// <exception cref="TaskLockingException">InvalidArgument when neither an owner nor force is given, or no id.</exception>
    public AssignmentResult Decide(TaskDraft draft)
    {
        if (string.IsNullOrEmpty(request.From) && !request.Force)
        {
            throw new TaskLockingException(
                RefusalCode.InvalidArgument, "The owner is missing. Name who has the tasks, for example agent:builder-1, or force it.");
        }
        return new AssignmentBatch(request.Ids, request.SkipConflict, request.IfVersion).Decide(
            draft,
            null,
            task => request.Force ? null
                : task.Assignee is { } owner && !owner.IsNamed(request.From) ? TaskRefusals.NotOwner(task, request.From)
                : ClaimCheck.RefuseTaking(task, Proof(task), draft.Now, liveness));
    }

    // Who says whose the task is speaks in his name.
    private ClaimProof Proof(AgentTask task) =>
        (request.Proof ?? ClaimProof.None) with { Agent = task.Assignee?.Name ?? request.From };
}
