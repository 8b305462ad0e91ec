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
    private readonly Batches<string> _ids = new();

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
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
    protected override void Process() => _ids.AddRange(Board, Id);

    /// <inheritdoc/>
    protected override void End()
    {
        // Always in the same order, so that two who lock tasks of several workspaces do not wait for each other.
        var batches = _ids.Where(batch => batch.Items.Count > 0).OrderBy(batch => batch.Board.Workspace, StringComparer.Ordinal).ToList();
        var action = ScriptBlock is null ? "Lock task" : "Lock task and run block";
        if (IsWhatIf)
            batches.ForEach(Foretell);
        if (batches.Count == 0 || !batches.TrueForAll(batch => ShouldProcess(string.Join(", ", Ids(batch)), action)))
            return;
        var holds = new Stack<TaskHold>();
        try
        {
            batches.ForEach(batch => holds.Push(Hold(batch)));
            foreach (var hold in holds.Reverse())
                WriteVerbose($"Locked {string.Join(", ", hold.Ids)} after {hold.Waited.TotalMilliseconds:0.000} ms.");
        }
        catch
        {
            Free(holds);
            throw;
        }
        if (ScriptBlock is not null)
            RunUnder(holds, ScriptBlock);
        else
            WriteObject(holds.Reverse(), enumerateCollection: true);
    }

    private static string[] Ids(Batch<string> batch) => batch.Items.Distinct(StringComparer.Ordinal).ToArray();

    private static void Free(Stack<TaskHold> holds)
    {
        while (holds.Count > 0)
            holds.Pop().Dispose();
    }

    private void Foretell(Batch<string> batch)
    {
        foreach (var id in Ids(batch).Where(id => batch.Board.FindTask(id) is null))
            WriteRefusal(TaskSelection.NotFound(id), id);
    }

    private TaskHold Hold(Batch<string> batch) => batch.Board.Hold(Ids(batch),
        new HoldOptions { Timeout = LongestWait, Agent = Agent, Doing = Doing, OnWait = Waiting.Report }, StopToken);

    private void RunUnder(Stack<TaskHold> holds, ScriptBlock block)
    {
        Waiting.Complete();
        try
        {
            // Dot-sourcing alone keeps the caller's scope; merged this way, output streams and errors stay where they belong.
            InvokeCommand.InvokeScript(". $args[0]", false, PipelineResultTypes.Output | PipelineResultTypes.Error, null, block);
        }
        finally
        {
            Free(holds);
        }
    }
}
