using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that has to do with numbers that are reserved for topics of one root.</summary>
public abstract class ReservingCommand : TopicCommand
{
    /// <summary>The folder of the topics. Left out: CLAUDE_SPECS_ROOT, .claude/specs, specs, else .claude/specs.</summary>
    [Parameter]
    [Given]
    public string? Root { get; set; }

    /// <summary>Local: in all working trees and branches of the repository; Remote: at a remote as well.</summary>
    [Parameter]
    public TopicReserve Reserve { get; set; }

    /// <summary>The remote. Left out: the only one, checkout.defaultRemote, or origin.</summary>
    [Parameter]
    [Given]
    public string? Remote { get; set; }
}
