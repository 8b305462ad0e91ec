using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace TaskLocking.Server;

/// <summary>Which tasks the page shows: of a swarm, of an agent, with words in id, name, tags, swarm or holder.</summary>
internal sealed record BoardFilter(string? Swarm, string? Agent, string Words)
{
    private const int Longest = 200;

    private readonly string[] _words = Words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether all is shown.</summary>
    public bool IsEmpty => Swarm is null && Agent is null && _words.Length == 0;

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static BoardFilter Of(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (name is not ("swarm" or "agent" or "words"))
                throw ToolCall.Fault($"/api/board does not take '{name}'. It takes swarm, agent, words.");
            if (values.Count != 1 || values[0]!.Length > Longest)
                throw ToolCall.Fault($"'{name}' must be one text of at most {Longest} characters.");
        }
        return new BoardFilter(Text(query, "swarm"), Text(query, "agent"), Text(query, "words") ?? "");
    }

    public bool Shows(AgentTask task) => (Swarm is null || string.Equals(task.Swarm, Swarm, StringComparison.Ordinal))
        && (Agent is null || Holders(task).Contains(Agent, StringComparer.Ordinal))
        && Array.TrueForAll(_words, word => Texts(task).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Holders(AgentTask task) =>
        new[] { task.Claim?.Agent, task.Assignee?.Name }.OfType<string>();

    private static IEnumerable<string> Texts(AgentTask task) =>
        Holders(task).Concat(task.Tags).Append(task.Id).Append(task.Name).Append(task.Swarm ?? "");

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}
