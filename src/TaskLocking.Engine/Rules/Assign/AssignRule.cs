using System;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Gives tasks to an assignee. Refused for a task: InvalidArgument, TaskNotFound, VersionChanged, TaskAlreadyAssigned unless forced,
/// BatchRefused for those that fell with another. The same assignee again is no change.
/// </summary>
internal sealed class AssignRule(AssignmentRequest request, ILiveness? liveness = null) : ITaskRule<AssignmentResult>
{
    private const int MaxHostnameLength = 255;

    /// <exception cref="TaskLockingException">InvalidArgument for an assignee that cannot be one, or no id.</exception>
    public AssignmentResult Decide(TaskDraft draft)
    {
        var (type, name) = Meant(draft);
        var hostname = string.IsNullOrEmpty(request.Hostname) ? null : request.Hostname;
        var fault = draft.Names.Assignee(name, "The assignee's name")
            ?? (hostname is null ? null : TaskFields.Label("The host name", hostname, "build-07", MaxHostnameLength));
        if (fault is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        return new AssignmentBatch(request.Ids, request.SkipConflict, request.IfVersion).Decide(
            draft,
            new Assignee(type, name, hostname, draft.Now, draft.By),
            task => request.Force ? null
                : task.Assignee is not null ? TaskRefusals.AlreadyAssigned(task)
                : ClaimCheck.RefuseTaking(task, null, draft.Now, liveness));
    }

    // "type:name" is how assignees are written everywhere: it is never a name as a whole.
    private (string Type, string Name) Meant(TaskDraft draft)
    {
        var asked = request.Type is null ? null : AgentFields.Type(request.Type)
            ?? throw Fault($"'{request.Type}' is no type of assignee. Use agent, human or host.");
        if (request.Name is { } named && named.IndexOf(':') is > 0 and var colon
            && AgentFields.Type(named.Substring(0, colon)) is { } told)
        {
            return asked is null || asked == told
                ? (told, named.Substring(colon + 1))
                : throw Fault($"'{named}' is of type {told}, and the type that is given is {asked}. Leave one of them out.");
        }
        if (asked is null && request.Name is { } typed && typed.IndexOf(':') is > 0 and var end && typed.Take(end).All(char.IsLetter))
        {
            throw Fault($"'{typed.Substring(0, end)}' is no type of assignee. Use agent, human or host; an agent of that very name is "
                + $"agent:{typed}.");
        }
        return (asked ?? (IsOnlyAPerson(draft) ? Person.Type : "agent"), request.Name!);
    }

    // The names of the draft tell whether registrations changed meanwhile, and they are asked about the name in any case.
    private bool IsOnlyAPerson(TaskDraft draft)
    {
        var types = draft.RegisteredAgents.Where(agent => agent.Name == request.Name).Select(agent => agent.Type).ToList();
        return types.Count > 0 && types.TrueForAll(Person.Is);
    }

    private static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument, sentence);
}
