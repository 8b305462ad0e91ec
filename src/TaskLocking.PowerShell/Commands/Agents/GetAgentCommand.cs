using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lists the registered agents by name; takes no lock. An exact name wins over a wildcard.</summary>
[Cmdlet(VerbsCommon.Get, "Agent")]
[OutputType(typeof(AgentProfile))]
public sealed class GetAgentCommand : WorkspaceCommand
{
    /// <summary>The names, wildcards permitted; all agents when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Agent")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Only agents that can do all of this.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var able = Board.GetAgents().Where(agent => Capability.All(c => agent.Capabilities.Contains(c, StringComparer.Ordinal))).ToList();
        if (Name.Length == 0)
            WriteObject(able, enumerateCollection: true);
        foreach (var name in Name)
        {
            var found = able.Where(agent => string.Equals(agent.Name, name, StringComparison.Ordinal)).ToList();
            if (found.Count == 0 && WildcardPattern.ContainsWildcardCharacters(name))
                found = able.FindAll(agent => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(agent.Name));
            else if (found.Count == 0 && Capability.Length == 0)
                WriteRefusal(NotFound(name), name);
            WriteObject(found, enumerateCollection: true);
        }
    }

    private static Refusal NotFound(string name) =>
        new(RefusalCode.AgentNotFound, $"Agent {name} not found. Register it, for example: Register-Agent {name}", Agent: name);
}
