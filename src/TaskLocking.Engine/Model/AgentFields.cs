using System;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>What a registration may hold. Each check gives null, or what is wrong as a sentence with an example that is right.</summary>
internal static class AgentFields
{
    public const int MostTasks = 1_000;

    private const int MaxHostLength = 255;
    private const int MaxCapabilities = 100;

    /// <summary>What is wrong beside the name.</summary>
    public static string? Fault(AgentProfile agent)
    {
        var fault = (Type(agent.Type) is null ? $"'{agent.Type}' is no type of agent. Use agent, human or host." : null)
            ?? (string.IsNullOrEmpty(agent.Host) ? null : TaskFields.Label("The host name", agent.Host, "build-07", MaxHostLength));
        if (fault is not null)
            return fault;
        if (agent.Capabilities.Count > MaxCapabilities)
            return $"{agent.Capabilities.Count} capabilities are given; at most {MaxCapabilities} are kept. Name what tasks require, " +
                "for example dotnet.";
        return agent.Capabilities.Select(capability => TaskFields.Label("A capability", capability,
            "dotnet")).FirstOrDefault(each => each is not null)
            ?? (agent.MaxTasks is >= 1 and <= MostTasks ? null
                : $"An agent cannot have {agent.MaxTasks} tasks at once. Give 1 to {MostTasks}, for example " +
                    $"{AgentProfile.DefaultMaxTasks}.");
    }

    /// <summary>The type in its one spelling; null if it is none.</summary>
    public static string? Type(string? value) =>
        Array.Find(["agent", "human", "host"], known => string.Equals(known, value, StringComparison.OrdinalIgnoreCase));
}
