using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lets go of resources that this session holds. What was locked in one call is let go as a whole.</summary>
[Cmdlet(VerbsCommon.Unlock, "AgentResource", SupportsShouldProcess = true, DefaultParameterSetName = "Name")]
[OutputType(typeof(void))]
public sealed class UnlockAgentResourceCommand : WorkspaceCommand
{
    /// <summary>Resources of the holds to let go.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Name")]
    [Alias("Resource")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Handles that <c>Lock-AgentResource</c> gave. One that is free already is no error.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Hold")]
    [Given]
    public TaskHold[] Hold { get; set; } = [];

    /// <summary>Every resource that this session holds in the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var hold in All ? Board.Session.CurrentHolds.Where(hold => hold.Resources.Count > 0).ToArray() : Hold)
            Free(hold);
        foreach (var name in Name)
        {
            var holds = Board.Session.CurrentHolds
                .Where(hold => hold.Resources.Any(resource => string.Equals(resource.Name, name, StringComparison.Ordinal))).ToList();
            if (holds.Count == 0)
                WriteRefusal(NotHeld(name), name);
            holds.ForEach(Free);
        }
    }

    private static Refusal NotHeld(string name) => new(RefusalCode.NotOwner,
        $"This session does not hold resource {name}. Only the session that locked it can unlock it.");

    private void Free(TaskHold hold)
    {
        if (ShouldProcess(string.Join(", ", hold.Resources.Select(resource => resource.Name).Concat(hold.Ids)), "Unlock resource"))
            hold.Dispose();
    }
}
