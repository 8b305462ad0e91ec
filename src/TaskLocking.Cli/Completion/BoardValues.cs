using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Completion;

/// <summary>What the board offers at a place of a command line, each with a remark. Takes no lock and begins no store.</summary>
internal static class BoardValues
{
    /// <exception cref="TaskLockingException">Where there is no board that may be read.</exception>
    public static IEnumerable<(string Value, string Tip)> Of(ValueKind kind, LineSoFar line, string typed)
    {
        var folder = line.Workspace is { } named && named.StartsWith("~/", StringComparison.Ordinal)
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), named[2..]) : line.Workspace;
        using var board = Boards.Open(WorkspacePath.Locate(folder, CurrentFolder.Path));
        return (kind switch
        {
            ValueKind.Task => Tasks(board, line),
            ValueKind.Agent => Agents(board, typed),
            ValueKind.Swarm => Groups(board, task => task.Swarm is null ? [] : [task.Swarm]),
            ValueKind.Tag => Groups(board, task => task.Tags),
            ValueKind.Capability => Groups(board, task => task.Requires).Concat(board.GetAgents()
                .SelectMany(agent => agent.Capabilities.Select(capability => (capability, "of " + agent.Name)))),
            ValueKind.Resource => board.GetResources().GroupBy(use => use.Name, StringComparer.Ordinal)
                .Select(uses => (uses.Key, $"held by {uses.Count()}, limit {uses.Min(use => use.Limit)}")),
            _ => board.GetFileLeases().Select(lease => (lease.Pattern, $"{lease.Agent} until {lease.Expires.ToLocalTime():t}")),
        }).DistinctBy(each => each.Item1, StringComparer.Ordinal).ToList();
    }

    // Those that the verb can act on; where there is none of these, all.
    private static IEnumerable<(string, string)> Tasks(TaskBoard board, LineSoFar line)
    {
        var tasks = board.GetTasks().Where(task => !line.Values.Contains(task.Id, StringComparer.Ordinal)).ToList();
        var fitting = tasks.Where(task => Fits(task, line)).ToList();
        return (fitting.Count > 0 ? fitting : tasks).Select(task => (task.Id, $"{task.StatusText}: {task.Name}".TrimEnd(':', ' ')));
    }

    private static bool Fits(AgentTask task, LineSoFar line) => line.Open is not null || line.Command.Name switch
    {
        StartCommand.Verb => task.Status is AgentTaskStatus.Todo,
        CompleteCommand.Verb => task.Status is AgentTaskStatus.InProgress or AgentTaskStatus.Review,
        FailCommand.Verb => task.Status is AgentTaskStatus.InProgress,
        RenewCommand.Verb => task.Claim is not null,
        RetryCommand.Verb => task.Status is not (AgentTaskStatus.Todo or AgentTaskStatus.Done),
        TaskRejectCommand.Verb => task.Status is AgentTaskStatus.Review,
        UnassignCommand.Verb => task.Assignee is not null,
        AssignCommand.Verb => task.Assignee is null && task.Status is AgentTaskStatus.Todo,
        _ => true,
    };

    private static IEnumerable<(string, string)> Agents(TaskBoard board, string typed)
    {
        var type = typed.IndexOf(':') is >= 0 and var end ? typed[..(end + 1)] : "";
        return board.GetAgents().Select(agent => (type + agent.Name, $"{agent.Type} {string.Join(", ", agent.Capabilities)}".TrimEnd()))
            .Concat(board.GetWorkload().Select(load => (type + load.Name, $"{load.Type}: {load.Open} open of {load.Total}")));
    }

    private static IEnumerable<(string, string)> Groups(TaskBoard board, Func<AgentTask, IEnumerable<string>> names) =>
        board.GetTasks().SelectMany(names).Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count() == 1 ? "1 task" : $"{group.Count()} tasks"));
}
