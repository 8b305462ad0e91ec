using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>Registered agents: a table for a person, JSON for a program.</summary>
internal static class AgentReport
{
    public static int Write(CommandRun run, IReadOnlyList<AgentOutcome> outcomes, bool single, string deed)
    {
        var done = outcomes.Where(outcome => outcome.Agent is not null).ToList();
        if (run.Json)
            WriteJson(done.ConvertAll(outcome => outcome.Agent!), single);
        else if (done.Count > 0)
            StandardOutput.Lines(done.Select(outcome => $"Agent {outcome.Name} {(outcome.Changed ? deed : "is so already")}"));
        return run.Failure.Tell(outcomes.Where(outcome => outcome.Refusal is not null).Select(outcome => outcome.Refusal!).ToList());
    }

    public static void WriteList(CommandRun run, IReadOnlyList<AgentProfile> agents)
    {
        if (run.Json)
        {
            WriteJson(agents, single: false);
            return;
        }
        if (agents.Count == 0)
        {
            StandardOutput.Line("No agents.");
            return;
        }
        var table = new TextTable("Name", "Type", "Host", "Capabilities", "Most tasks", "Since");
        foreach (var agent in agents)
        {
            table.Add(agent.Name, agent.Type, agent.Host, string.Join(", ", agent.Capabilities),
                agent.MaxTasks.ToString(CultureInfo.InvariantCulture), TaskText.Time(agent.Registered));
        }
        SpectreTable.Write(table);
    }

    private static void WriteJson(IReadOnlyList<AgentProfile> agents, bool single)
    {
        if (single && agents.Count == 0)
            return;
        StandardOutput.Json(writer => JsonText.Write(writer, agents, single, AgentJson.Write));
    }
}
