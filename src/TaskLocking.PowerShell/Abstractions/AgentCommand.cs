using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet by which an agent does something in its own name.</summary>
public abstract class AgentCommand : CommitCommand
{
    /// <summary>The agent that acts. Left out: <c>TASKLOCKING_AGENT</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string? Agent { get; set; }

    /// <inheritdoc/>
    private protected override string? Author => Caller;

    private protected string Caller => CallingAgent.Require(Agent);
}
