using System;
using TaskLocking.Diagnostics;

namespace TaskLocking.Tasks;

/// <summary>
/// Gives tasks to an assignee. Refused for a task: InvalidArgument, TaskNotFound, VersionChanged, TaskAlreadyAssigned unless forced,
/// BatchRefused for those that fell with another. The same assignee again is no change.
/// </summary>
internal sealed class AssignRule(AssignmentRequest request) : ITaskRule<AssignmentResult>
{
    private const int MaxHostnameLength = 255;

    /// <exception cref="TaskLockingException">InvalidArgument for an assignee that cannot be one, or no id.</exception>
    public AssignmentResult Decide(TaskDraft draft)
    {
        var type = Type(request.Type);
        var hostname = string.IsNullOrEmpty(request.Hostname) ? null : request.Hostname;
        var fault = draft.Names.Agent(request.Name, "The assignee's name")
            ?? (hostname is null ? null : TaskFields.Label("The host name", hostname, "build-07", MaxHostnameLength));
        if (fault is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        return new AssignmentBatch(request.Ids, request.SkipConflict, request.IfVersion).Decide(
            draft,
            new Assignee(type, request.Name, hostname, draft.Now, draft.By),
            task => task.Assignee is null || request.Force ? null : TaskRefusals.AlreadyAssigned(task));
    }

    private static string Type(string? value)
    {
        foreach (var known in new[] { "agent", "human", "host" })
        {
            if (string.Equals(known, value, StringComparison.OrdinalIgnoreCase))
                return known;
        }
        throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{value}' is no type of assignee. Use agent, human or host.");
    }
}
