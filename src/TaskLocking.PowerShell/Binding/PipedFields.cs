using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// What a piped object says about the fields of a task. What a cmdlet wrote says nothing but what somebody hung on it over its own members:
/// for the rest it is how things were when they were read. Any other object, as of CSV or JSON, means what it says, and its version guards
/// that. What is said of a field that cannot be changed like this is refused.
/// </summary>
internal static class PipedFields
{
    private static readonly Dictionary<string, Func<TaskEdit, object, TaskEdit>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = (edit, value) => edit with { Name = PipedValue.Text(value) },
        ["Status"] = (edit, value) => edit with { Status = PipedValue.Status(value) },
        ["Priority"] = (edit, value) => edit with { Priority = PipedValue.Priority(value) },
        ["Description"] = (edit, value) => edit with { Content = edit.Content ?? PipedValue.Text(value) },
        ["Content"] = (edit, value) => edit with { Content = PipedValue.Text(value) },
        ["Agent"] = (edit, value) => edit with { Agent = PipedValue.Text(value) },
        ["TaskFile"] = (edit, value) => edit with { TaskFile = PipedValue.Text(value) },
        ["Swarm"] = (edit, value) => edit with { Swarm = PipedValue.Text(value) },
        ["Parent"] = (edit, value) => edit with { Parent = ParentWord.Read(PipedValue.Text(value)) },
        ["ParentId"] = (edit, value) => edit with { Parent = ParentWord.Read(PipedValue.Text(value)) },
        ["Tag"] = (edit, value) => edit with { Tags = PipedValue.List(value) },
        ["Tags"] = (edit, value) => edit with { Tags = PipedValue.List(value) },
        ["DependsOn"] = (edit, value) => edit with { Dependencies = PipedValue.List(value) },
        ["Dependencies"] = (edit, value) => edit with { Dependencies = PipedValue.List(value) },
        ["Requires"] = (edit, value) => edit with { Requires = PipedValue.List(value) },
        ["AllowAgent"] = (edit, value) => edit with { AllowedAgents = PipedValue.List(value) },
        ["AllowedAgents"] = (edit, value) => edit with { AllowedAgents = PipedValue.List(value) },
        ["Files"] = (edit, value) => edit with { Files = PipedValue.List(value) },
        ["MaxAttempt"] = (edit, value) => edit with { MaxAttempt = PipedValue.Count(value) },
        ["RetryDelay"] = (edit, value) => edit with { RetryDelay = PipedValue.Span(value) },
        ["TimeLimit"] = (edit, value) => edit with { TimeLimit = PipedValue.Span(value) },
        ["NotBefore"] = (edit, value) => edit with { NotBefore = PipedValue.Moment(value) },
        ["NeedsReview"] = (edit, value) => edit with { NeedsReview = PipedValue.Truth(value) },
        ["Version"] = (edit, value) => edit with { IfVersion = PipedValue.Version(value) },
    };

    /// <summary>The change of a task that the object asks for.</summary>
    /// <param name="piped">What came through the pipeline; null for nothing.</param>
    /// <param name="id">The task.</param>
    /// <param name="find">Gives the task as it is.</param>
    /// <param name="locate">Tells what a path of the session's location is. Files as tasks have them are the workspace's.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a field that cannot be changed like this, or not to that.</exception>
    public static TaskEdit Of(PSObject? piped, string id, Func<string, AgentTask?> find, Func<string, string> locate)
    {
        var own = piped?.BaseObject as ValueObject;
        if (piped is null || piped.BaseObject is string || IsRead(piped, own) || (own is not null && !AddedMembers.MayHave(piped)))
            return new TaskEdit(id);
        var said = own is null ? piped.Properties.Where(IsGiven) : piped.Properties.Where(AddedMembers.IsOne);
        var edit = new TaskEdit(id);
        foreach (var property in said)
            edit = own is null ? Said(edit, property, locate) : Replaced(edit, property, own, locate);
        // A copy of a task has these in words that nobody could set, or that time has passed over.
        var task = find(id);
        return edit with
        {
            Status = edit.Status == task?.Status ? null : edit.Status,
            NotBefore = edit.NotBefore == task?.NotBefore ? null
            : edit.NotBefore
        };
    }

    // What came back from a job is a copy of what a cmdlet wrote there. Only of a task is it known by its version how old it is.
    private static bool IsRead(PSObject piped, ValueObject? own) => own is null && piped.TypeNames.Count > 0
        && piped.TypeNames[0] is { } name && name.StartsWith("Deserialized.TaskLocking.", StringComparison.Ordinal)
            && !name.EndsWith("." + nameof(AgentTask), StringComparison.Ordinal);

    private static TaskEdit Said(TaskEdit edit, PSPropertyInfo property, Func<string, string> locate) =>
        Setter(property.Name, locate) is { } set ? Changed(edit, property, set) : edit;

    private static TaskEdit Replaced(TaskEdit edit, PSPropertyInfo property, ValueObject own, Func<string, string> locate)
    {
        var isOwn = own.GetType().GetProperty(property.Name) is not null;
        if (Setter(property.Name, locate) is { } set && (isOwn || own is AgentTask))
            return Changed(edit, property, set);
        return !isOwn || property.Name is nameof(AgentTask.Id) or "TaskId" or nameof(AgentTask.Workspace)
            ? edit
            : throw Refused(edit, property, "which a change of fields cannot set");
    }

    private static Func<TaskEdit, object, TaskEdit>? Setter(string name, Func<string, string> locate) =>
        string.Equals(name, "File", StringComparison.OrdinalIgnoreCase)
            ? (edit, value) => edit with { Files = Array.ConvertAll(PipedValue.List(value), path => locate(path)) }
            : Known.TryGetValue(name, out var set) ? set : null;

    private static TaskEdit Changed(TaskEdit edit, PSPropertyInfo property, Func<TaskEdit, object, TaskEdit> set)
    {
        try
        {
            return set(edit, property.Value ?? "");
        }
        catch (Exception unfit) when (unfit is FormatException or PSInvalidCastException or ArgumentTransformationMetadataException)
        {
            throw Refused(edit, property, "which it cannot be");
        }
    }

    private static TaskLockingException Refused(TaskEdit edit, PSPropertyInfo property, string why) =>
        new(new Refusal(RefusalCode.InvalidArgument,
        $"The piped object says that {property.Name} of task {edit.Id} is '{property.Value}', {why}. Pipe what was read, and name what " +
            "shall change.",
        TaskId: edit.Id));

    // An empty cell of a CSV file is a value that was not given.
    private static bool IsGiven(PSPropertyInfo property) => PipedValue.Plain(property.Value) is not (null or "");
}
