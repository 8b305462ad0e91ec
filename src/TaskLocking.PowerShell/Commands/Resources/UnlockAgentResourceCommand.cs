using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lets go of resources that this session holds. What was locked in one call is let go as a whole.</summary>
[Cmdlet(VerbsCommon.Unlock, "AgentResource", SupportsShouldProcess = true, DefaultParameterSetName = "Some")]
[OutputType(typeof(void))]
public sealed class UnlockAgentResourceCommand : WorkspaceCommand
{
    /// <summary>Resources of the holds to let go.</summary>
    [Parameter(Position = 0, ParameterSetName = "Some")]
    [Alias("Resource")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Handles that <c>Lock-AgentResource</c> gave. One that is free already is no error.</summary>
    [Parameter(ParameterSetName = "Some")]
    [Given]
    public TaskHold[] Hold { get; set; } = [];

    /// <summary>A name, a handle, or a resource as <c>Get-AgentResource</c> writes it.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Some")]
    [Given]
    public PSObject? InputObject { get; set; }

    /// <summary>Every resource that this session holds in the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!All && Hold.Length == 0 && Name.Length == 0 && InputObject is null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "No resource is named. Give a name, a handle or -All.");
        foreach (var hold in All ? Board.Session.CurrentHolds.Where(hold => hold.Resources.Count > 0).ToArray() : Hold)
            Free(hold);
        foreach (var name in Name)
            Free(name);
        if (InputObject?.BaseObject is TaskHold piped)
            Free(piped);
        else if (InputObject is not null)
            Free(InputObject.BaseObject is ResourceUse used ? used.Name : InputObject.BaseObject.ToString() ?? "");
    }

    private void Free(string name)
    {
        var holds = Board.Session.CurrentHolds
            .Where(hold => hold.Resources.Any(resource => string.Equals(resource.Name, name, StringComparison.Ordinal))).ToList();
        if (holds.Count == 0)
            WriteRefusal(NotHeld(name), name);
        holds.ForEach(Free);
    }

    private static Refusal NotHeld(string name) => new(RefusalCode.NotOwner,
        $"This session does not hold resource {name}. Only the session that locked it can unlock it.");

    private void Free(TaskHold hold)
    {
        if (ShouldProcess(string.Join(", ", hold.Resources.Select(resource => resource.Name).Concat(hold.Ids)), "Unlock resource"))
            hold.Dispose();
    }
}
