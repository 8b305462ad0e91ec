using System;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>Whom the board knows as a person. A person and an agent of one name are two, in everything that they have.</summary>
internal static class Person
{
    public const string Type = "human";

    public static bool Is(string? type) => string.Equals(type, Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the task is a person's: a claim is of the kind of the assignee that came, or stayed, with it.</summary>
    public static bool Has(AgentTask task) =>
        task.Assignee is { Type: Type } assignee && (task.Claim is null || task.Claim.Agent == assignee.Name);

    /// <summary>The registration of a name as a person, or as an agent or host; null if there is none.</summary>
    public static AgentProfile? Find(ITaskState state, string name, bool isPerson) =>
        state.FindAgent(name) is not { } found ? null
        : Is(found.Type) == isPerson ? found
        : state.Agents.FirstOrDefault(agent => agent.Name == name && Is(agent.Type) == isPerson);

    /// <summary>Whether somebody of this name is meant as a person: as the type says, else if only a person is registered so.</summary>
    public static bool IsMeant(ITaskState state, string name, string? type) => type is null
        ? state.FindAgent(name) is { } found && Is(found.Type)
        : Is(type);

    /// <summary>Null for a type of worker, else what is wrong with it.</summary>
    public static string? Fault(string? type) => type is null || AgentFields.Type(type) is not null
        ? null
        : $"'{type}' is no type of who works. Use agent, human or host.";
}
