using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Holds tasks: others' changes to them wait. Gives one handle for all of the pipeline's tasks, or runs a block under the lock. The
/// session has the hold before the caller sees it, so a pipeline that is stopped in between leaves nothing that cannot be unlocked.
/// </summary>
[Cmdlet(VerbsCommon.Lock, "AgentTask", SupportsShouldProcess = true, DefaultParameterSetName = HandleSet)]
[OutputType(typeof(TaskHold), ParameterSetName = [HandleSet])]
[OutputType(typeof(object), ParameterSetName = [BlockSet])]
public sealed class LockAgentTaskCommand : WaitingCommand
{
    private const string HandleSet = "Handle";
    private const string BlockSet = "Block";
    private readonly List<string> _ids = [];

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>What to run under the lock, in the caller's scope.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = BlockSet)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>The name that those who wait are told.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string? Agent { get; set; }

    /// <summary>What the holder does, for those who wait.</summary>
    [Parameter]
    [Given]
    public string? Doing { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _ids.AddRange(Id);

    /// <inheritdoc/>
    protected override void End()
    {
        var ids = _ids.Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Length == 0 || !ShouldProcess(string.Join(", ", ids), ScriptBlock is null ? "Lock task" : "Lock task and run block"))
            return;
        var options = new HoldOptions { Timeout = LongestWait, Agent = Agent, Doing = Doing, OnWait = Waiting.Report };
        var hold = Board.Hold(ids, options, StopToken);
        WriteVerboseOrFree(hold);
        if (ScriptBlock is null)
            WriteObject(hold);
        else
            RunUnder(hold, ScriptBlock);
    }

    private void RunUnder(TaskHold hold, ScriptBlock block)
    {
        Waiting.Complete();
        using (hold)
        {
            // Dot-sourcing alone keeps the caller's scope; merged this way, output streams and errors stay where they belong.
            InvokeCommand.InvokeScript(". $args[0]", false, PipelineResultTypes.Output | PipelineResultTypes.Error, null, block);
        }
    }

    private void WriteVerboseOrFree(TaskHold hold)
    {
        try
        {
            WriteVerbose($"Locked {string.Join(", ", hold.Ids)} after {hold.Waited.TotalMilliseconds:0.000} ms.");
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }
}
