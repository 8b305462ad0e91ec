using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.Workspaces;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that changes tasks: it collects what the pipeline brings and makes it one commit at the end.</summary>
public abstract class CommitCommand : WaitingCommand
{
    /// <summary>Who makes the change, for the history. Left out: the agent where one acts, else user@host.</summary>
    [Parameter]
    [Given]
    public string? By { get; set; }

    private protected CommitOptions Commit => new()
    {
        Timeout = LongestWait,
        By = By ?? Author,
        RequestId = (this as INamedRequest)?.RequestId,
        OnWait = Waiting.Report,
        OnCommitted = Tell,
        WhatIf = IsWhatIf,
    };

    /// <summary>Who makes the change when nobody is named; null for user@host.</summary>
    private protected virtual string? Author => null;

    /// <summary>
    /// Whether an item belongs into the commit. With -WhatIf it does, for nothing is written then: the engine tells what would be refused.
    /// </summary>
    private protected bool IsToDo(string target, string action) => ShouldProcess(target, action) || IsWhatIf;

    /// <summary>Writes the refusal of an item, or the task if the caller wants it.</summary>
    private protected void Write(TaskOutcome outcome, bool passThru)
    {
        if (outcome.Refusal is { } refusal)
            WriteRefusal(refusal, outcome.Id);
        else if (passThru && !IsWhatIf)
            WriteObject(outcome.Task);
    }

    /// <summary>Writes the refusal of an agent, or the agent if the caller wants it.</summary>
    private protected void Write(AgentOutcome outcome, bool passThru)
    {
        if (outcome.Refusal is { } refusal)
            WriteRefusal(refusal, outcome.Name);
        else if (passThru && !IsWhatIf)
            WriteObject(outcome.Agent);
    }

    /// <summary>Writes the refusal of a swarm, or what became of it if the caller wants it.</summary>
    private protected void Write(SwarmOutcome outcome, bool passThru, bool isPreview = false)
    {
        if (outcome.Refusal is { } refusal)
            WriteRefusal(refusal, outcome.Swarm);
        else if (passThru && (!IsWhatIf || isPreview))
            WriteObject(outcome);
    }

    /// <summary>Tells which files of a claimed task somebody else has.</summary>
    private protected void WarnOf(IEnumerable<FileConflict> overlaps, string? taskId)
    {
        foreach (var overlap in overlaps)
        {
            WriteWarning($"{taskId} was claimed without the file {overlap.Path}: {overlap.Lease.Agent} has a lease on {overlap.Lease.Path} "
                + $"until {overlap.Lease.Expires.ToLocalTime():yyyy-MM-dd HH:mm:ss}.");
        }
    }

    private void Tell(CommitReport report) => WriteVerbose(report.Wrote
        ? $"Version {report.Version}: waited {report.Waited.TotalMilliseconds:0.000} ms, "
            + $"held the state lock {report.Held.TotalMilliseconds:0.000} ms."
        : $"Version {report.Version}: {(report.Replayed ? "served before" : "nothing to change")}; "
            + $"waited {report.Waited.TotalMilliseconds:0.000} ms.");
}
