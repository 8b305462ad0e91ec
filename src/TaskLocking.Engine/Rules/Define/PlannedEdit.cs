using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// What would have to change on a task that is there to make it what a file says of it. How far the work is, is this board's own: only what
/// is done, or given up, elsewhere is so here.
/// </summary>
internal static class PlannedEdit
{
    /// <summary>The change; null where nothing differs.</summary>
    public static TaskEdit? Of(PlannedTask planned, AgentTask ours)
    {
        var theirs = planned.Task;
        var edit = new TaskEdit(ours.Id)
        {
            Name = planned.Gives(TodoField.Name | TodoField.Title) ? Text(theirs.Name, ours.Name) : null,
            Status = planned.Gives(TodoField.Status) ? Ended(theirs, ours) : null,
            Priority = planned.Gives(TodoField.Priority) && theirs.Priority != ours.Priority ? theirs.Priority : null,
            Content = planned.Gives(TodoField.Content | TodoField.LongDescription | TodoField.Description)
                ? Text(theirs.Content ?? "", ours.Content ?? "") : null,
            Tags = planned.Gives(TodoField.Tags) ? List(theirs.Tags, ours.Tags) : null,
            Dependencies = planned.Gives(TodoField.Dependencies | TodoField.DependsOn)
                ? List(theirs.Dependencies, ours.Dependencies) : null,
            Agent = planned.Gives(TodoField.Agent) ? Text(theirs.Agent ?? "", ours.Agent ?? "") : null,
            TaskFile = planned.Gives(TodoField.TaskFile) ? Text(theirs.TaskFile ?? "", ours.TaskFile ?? "") : null,
            Swarm = planned.Gives(TodoField.Swarm) ? Text(theirs.Swarm ?? "", ours.Swarm ?? "") : null,
            Parent = planned.Gives(TodoField.Parent) && theirs.Foreign.Parent is null
                ? Text(theirs.Parent ?? "", ours.Parent ?? "") : null,
            Requires = planned.Gives(TodoField.Requires) ? List(theirs.Requires, ours.Requires) : null,
            AllowedAgents = planned.Gives(TodoField.AllowedAgents) ? List(theirs.AllowedAgents, ours.AllowedAgents) : null,
            Files = planned.Gives(TodoField.Files) ? List(theirs.Files, ours.Files) : null,
            MaxAttempt = planned.Gives(TodoField.MaxAttempt) && theirs.MaxAttempt != ours.MaxAttempt ? theirs.MaxAttempt : null,
            RetryDelay = planned.Gives(TodoField.RetryDelay) && theirs.RetryDelay != ours.RetryDelay ? theirs.RetryDelay : null,
            TimeLimit = planned.Gives(TodoField.TimeLimit) && theirs.TimeLimit != ours.TimeLimit ? theirs.TimeLimit : null,
            NeedsReview = planned.Gives(TodoField.NeedsReview) && theirs.NeedsReview && !ours.NeedsReview ? true : null,
        };
        return edit == new TaskEdit(ours.Id) ? null : edit;
    }

    private static AgentTaskStatus? Ended(AgentTask theirs, AgentTask ours) =>
        theirs.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled
            && ours.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled) ? theirs.Status : null;

    private static string? Text(string theirs, string ours) => string.Equals(theirs, ours, StringComparison.Ordinal) ? null : theirs;

    private static IReadOnlyList<string>? List(IReadOnlyList<string> theirs, IReadOnlyList<string> ours) =>
        theirs.SequenceEqual(ours, StringComparer.Ordinal) ? null : theirs;
}
