using TaskLocking.Diagnostics;

namespace TaskLocking.Tasks;

/// <summary>
/// Takes tasks back from their owner. Refused for a task: InvalidArgument, TaskNotFound, VersionChanged, NotOwner unless forced,
/// BatchRefused for those that fell with another. A task that nobody has is no change.
/// </summary>
internal sealed class UnassignRule(UnassignmentRequest request) : ITaskRule<AssignmentResult>
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
            task => request.Force || task.Assignee!.IsNamed(request.From) ? null : TaskRefusals.NotOwner(task, request.From));
    }
}
