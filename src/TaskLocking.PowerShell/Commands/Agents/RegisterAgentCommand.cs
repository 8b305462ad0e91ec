using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Registers agents, or replaces their registration: what they can do and how much at once. A whole pipeline is one commit.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "Agent", SupportsShouldProcess = true)]
[OutputType(typeof(AgentProfile))]
public sealed class RegisterAgentCommand : CommitCommand
{
    private readonly Batches<AgentProfile> _agents = new();

    /// <summary>1 to 100 characters on one line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Agent")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>What it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("agent", "human", "host")]
    public string Type { get; set; } = "agent";

    /// <summary>The machine that it works on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Host")]
    [EmptyCell]
    public string? Hostname { get; set; }

    /// <summary>What it can do.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Capabilities")]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [EmptyCell]
    public string[] Capability { get; set; } = [];

    /// <summary>How many open tasks it has at once, 1 to 1,000.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaxTasks")]
    public int MaxTask { get; set; } = AgentProfile.DefaultMaxTasks;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
        {
            if (IsToDo(name, "Register agent"))
                _agents.Add(Board, Profile(name));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_agents).SelectMany(items => Board.RegisterAgents(items, Commit, StopToken)))
            Write(outcome, passThru: true);
    }

    private AgentProfile Profile(string name) => new(
        name,
        Type.ToLowerInvariant(),
        string.IsNullOrEmpty(Hostname) ? null : Hostname,
        (Capability ?? []).Where(c => !string.IsNullOrEmpty(c)).ToArray(),
        MaxTask);
}
