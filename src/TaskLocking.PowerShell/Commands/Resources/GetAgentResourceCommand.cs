using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells who holds which resource, since when, and with how many he shares it; takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "AgentResource")]
[OutputType(typeof(ResourceUse))]
public sealed class GetAgentResourceCommand : WorkspaceCommand
{
    /// <summary>The resources, wildcards permitted. Left out: all. One that nobody holds gives nothing.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Resource")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [Given]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        var uses = Board.GetResources();
        foreach (var name in Name)
        {
            var exact = uses.Where(use => string.Equals(use.Name, name, StringComparison.Ordinal)).ToList();
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            WriteObject(exact.Count > 0 ? exact : uses.Where(use => pattern.IsMatch(use.Name)).ToList(), enumerateCollection: true);
        }
    }
}
