using System;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Moves tasks out of the document that were closed long ago, in one commit; with -WhatIf it tells which those would be.
/// </summary>
[Cmdlet(VerbsData.Compress, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(ArchiveReport))]
public sealed class CompressAgentTaskCommand : CommitCommand
{
    /// <summary>Tasks that were closed so long ago, or longer. Left out: 30 days.</summary>
    [Parameter(Position = 0)]
    [Duration]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!IsToDo(Board.Address ?? Board.Workspace, "Archive closed tasks"))
            return;
        WarnOfUnknown(Swarm);
        var standard = new ArchiveRequest();
        WriteObject(Board.ArchiveTasks(standard with { OlderThan = OlderThan ?? standard.OlderThan, Swarm = Swarm }, Commit, StopToken));
    }
}
