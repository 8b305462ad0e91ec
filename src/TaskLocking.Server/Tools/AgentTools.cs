using System.Collections.Generic;
using System.Linq;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>agent_query</c> and <c>agent_change</c>: what agents can do, and how much at once.</summary>
internal static class AgentTools
{
    public static BoardTool Query { get; } = new("agent_query", "Query agents",
        "list the registered agents; work: who works on what now, since when, and what is stuck; resources: who holds which named one.")
    {
        Actions = [new("list", Changes: false, List), new("work", Changes: false, Work), new("resources", Changes: false, Resources)],
        Fields = [ToolField.Text("swarm", "work: only of this swarm."), Page.Limit, Page.Cursor],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("agents", "array"), ("work", "array"), ("resources", "array"),
            ("refusal", "object"),
            .. Page.Members,
        ],
    };

    public static BoardTool Change { get; } = new("agent_change", "Register agents",
        "register an agent with what it can do, or change that; unregister one that has no tasks.")
    {
        Actions = [new("register", Changes: true, Register), new("unregister", Changes: true, Unregister)],
        Fields =
        [
            ToolField.Text("name", "The agent.") with { IsRequired = true },
            ToolField.Word("type", "What it is.", "agent", "agent", "human", "host"),
            ToolField.Text("host", "Where it works."),
            ToolField.Texts("capabilities", "What it can do."),
            ToolField.Integer("max_tasks", "So many at once.", 5, 1, 1000),
        ],
        Answer = [("success", "boolean"), ("version", "integer"), ("agent", "object null"), ("refusal", "object")],
    };

    private static ToolAnswer List(ToolCall call)
    {
        var agents = call.Board.GetAgents();
        return ToolAnswer.Done(call.Version, writer =>
            Page.Write(writer, call, "agents", agents, agent => $"{agent.Type}:{agent.Name}", AgentJson.Write));
    }

    private static ToolAnswer Work(ToolCall call)
    {
        var work = call.Board.GetWork(call.Text("swarm"));
        return ToolAnswer.Done(call.Version, writer =>
            Page.Write(writer, call, "work", work, status => status.TaskId, WorkLine.Write));
    }

    private static ToolAnswer Resources(ToolCall call)
    {
        var uses = call.Board.GetResources();
        return ToolAnswer.Done(call.Version, writer => Page.Write(writer, call, "resources", uses,
            use => $"{use.Name} {use.Host} {use.Pid} {use.Since:O}", ResourceJson.Write));
    }

    private static ToolAnswer Register(ToolCall call) => Answer(call, call.Board.RegisterAgents([new AgentProfile(call.Need("name"),
        call.Text("type") ?? "agent", call.Text("host"), call.Texts("capabilities"), call.Integer("max_tasks", 5))],
        call.Commit(), call.Cancellation));

    private static ToolAnswer Unregister(ToolCall call) => Answer(call, call.Board.UnregisterAgents(
        [new AgentRemoval(call.Need("name")) { Type = call.Text("type") }], call.Commit(), call.Cancellation));

    private static ToolAnswer Answer(ToolCall call, IReadOnlyList<AgentOutcome> outcomes)
    {
        var outcome = outcomes.Single();
        return outcome.Refusal is { } refusal ? ToolAnswer.Refused(refusal) : ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("agent");
            if (outcome.Agent is { } agent)
                AgentJson.Write(writer, agent);
            else
                writer.WriteNullValue();
        });
    }
}
