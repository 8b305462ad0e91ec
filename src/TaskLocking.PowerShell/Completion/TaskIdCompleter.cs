using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>
/// Completes the ids of tasks: those that the cmdlet can act on; where there is none of these, all. What a task waits for is its own where
/// that is taken away.
/// </summary>
public sealed class TaskIdCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        var tasks = CurrentBoard.Open(boundParameters).GetTasks();
        if (Parameter == "DependsOn")
            return DependsOn(tasks, boundParameters["Id"]);
        var fitting = tasks.Where(Fits).ToList();
        return (fitting.Count > 0 ? fitting : tasks).Select(Shown);
    }

    private static (string Value, string Tip) Shown(AgentTask task) =>
        (task.Id, $"{task.StatusText}: {(task.Name.Length > 0 ? task.Name : task.Id)}");

    private IEnumerable<(string Value, string Tip)> DependsOn(IReadOnlyList<AgentTask> tasks, object? named)
    {
        var ids = named is IEnumerable several and not string ? several.Cast<object>().Select(each => $"{each}").ToList() : [$"{named}"];
        var waiting = tasks.Where(task => ids.Contains(task.Id, StringComparer.Ordinal)).ToList();
        if (Command != "Remove-TaskDependency" || waiting.Count == 0)
            return tasks.Except(waiting).Select(Shown);
        var own = waiting.SelectMany(task => task.Dependencies).Distinct(StringComparer.Ordinal);
        return own.Select(id => tasks.FirstOrDefault(task => task.Id == id) is { } known ? Shown(known) : (id, "no task"));
    }

    private bool Fits(AgentTask task) => Command switch
    {
        "Start-AgentTask" => task.Status is AgentTaskStatus.Todo && (task.Claim is not null || task.Assignee is not null),
        "Complete-AgentTask" => task.Status is AgentTaskStatus.InProgress or AgentTaskStatus.Review,
        "Submit-TaskFailure" => task.Status is AgentTaskStatus.InProgress,
        "Update-TaskLease" => task.Claim is not null,
        "Restart-AgentTask" => task.Status is AgentTaskStatus.Failed or AgentTaskStatus.Blocked or AgentTaskStatus.Cancelled,
        "Deny-AgentTask" => task.Status is AgentTaskStatus.Review,
        "Grant-TaskAssignment" => task.Status is AgentTaskStatus.Todo && task.Assignee is null,
        "Revoke-TaskAssignment" => task.Assignee is not null,
        "Remove-TaskDependency" => task.Dependencies.Count > 0,
        _ => true,
    };
}
