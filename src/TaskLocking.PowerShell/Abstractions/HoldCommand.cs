using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// A cmdlet that holds something: it gives one handle for all that the pipeline brings, or runs a block meanwhile. The session has the hold
/// before the caller sees it, so a pipeline that is stopped in between leaves nothing that cannot be unlocked.
/// </summary>
/// <typeparam name="T">What is held.</typeparam>
public abstract class HoldCommand<T> : WaitingCommand
    where T : notnull
{
    private protected const string HandleSet = "Handle";
    private protected const string BlockSet = "Block";

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

    private protected Batches<T> Wanted { get; } = new();

    private protected abstract string What { get; }

    private protected HoldOptions Options =>
        new() { Timeout = LongestWait, Agent = Agent, Doing = Doing, OnWait = Waiting.Report };

    /// <inheritdoc/>
    protected override void End()
    {
        // Always in the same order, so that two who lock things of several workspaces do not wait for each other.
        var batches = Wanted.Where(batch => batch.Items.Count > 0).OrderBy(batch => batch.Board.Workspace, StringComparer.Ordinal).ToList();
        var action = ScriptBlock is null ? $"Lock {What}" : $"Lock {What} and run block";
        if (IsWhatIf)
            batches.ForEach(batch => Foretell(batch.Board, Once(batch)));
        if (batches.Count == 0 || !batches.TrueForAll(batch => ShouldProcess(string.Join(", ", Once(batch)), action)))
            return;
        var holds = new Stack<TaskHold>();
        try
        {
            batches.ForEach(batch => holds.Push(Hold(batch.Board, Once(batch))));
            foreach (var hold in holds.Reverse())
            {
                WriteVerbose($"Locked {string.Join(", ", hold.Ids.Concat(hold.Resources.Select(resource => resource.ToString())))} after "
                    + $"{hold.Waited.TotalMilliseconds:0.000} ms.");
            }
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

    private protected abstract TaskHold Hold(TaskBoard board, IReadOnlyList<T> items);

    /// <summary>Tells the refusals that would come.</summary>
    private protected abstract void Foretell(TaskBoard board, IReadOnlyList<T> items);

    private static T[] Once(Batch<T> batch) => batch.Items.Distinct().ToArray();

    private static void Free(Stack<TaskHold> holds)
    {
        while (holds.Count > 0)
            holds.Pop().Dispose();
    }

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
