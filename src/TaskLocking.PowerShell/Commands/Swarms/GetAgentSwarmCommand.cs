using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells which swarms there are, whether they are paused, and how many tasks they have; takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "AgentSwarm")]
[OutputType(typeof(SwarmStatus))]
public sealed class GetAgentSwarmCommand : WorkspaceCommand
{
    /// <summary>The swarms, wildcards permitted. Left out: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[] Swarm { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        var swarms = Board.GetSwarms();
        foreach (var name in Swarm)
        {
            var exact = swarms.Where(swarm => string.Equals(swarm.Swarm, name, StringComparison.Ordinal)).ToList();
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = exact.Count > 0 ? exact : swarms.Where(swarm => pattern.IsMatch(swarm.Swarm)).ToList();
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WarnOfUnknown(name);
        }
    }
}
