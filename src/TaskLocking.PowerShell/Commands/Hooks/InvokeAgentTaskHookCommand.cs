using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace TaskLocking.PowerShell;

/// <summary>
/// Runs a block for what people want to be told, as it comes: tasks that failed, work to approve, tasks that are stuck, swarms that are
/// done. What the block throws is an error of its own, and undoes nothing.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "AgentTaskHook")]
[OutputType(typeof(object))]
public sealed class InvokeAgentTaskHookCommand : WorkspaceCommand
{
    /// <summary>What to run, in the caller's scope; the event is <c>$_</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>For what. Left out: for all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public HookEventKind[] Event { get; set; } =
        [HookEventKind.Failed, HookEventKind.Review, HookEventKind.Stuck, HookEventKind.SwarmDone];

    /// <summary>End after so many. Left out: any number.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>How long to follow, in seconds: -1 for ever, as when it is left out.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec { get; set; } = -1;

    /// <inheritdoc/>
    protected override void End()
    {
        var clock = Stopwatch.StartNew();
        using var feed = Board.OpenHookFeed();
        WriteVerbose($"Following from version {feed.Position.Version} on");
        for (var left = Count; left > 0;)
        {
            foreach (var told in feed.Read(StopToken).Where(told => Event.Contains(told.Kind)).Take(left))
            {
                Run(told);
                left--;
            }
            var rest = TimeoutSec < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec) - clock.Elapsed;
            if (left == 0 || (TimeoutSec >= 0 && rest <= TimeSpan.Zero))
                return;
            feed.Wait(rest, StopToken);
        }
    }

    private void Run(HookEvent told)
    {
        try
        {
            // ForEach-Object keeps the caller's scope.
            InvokeCommand.InvokeScript("ForEach-Object -InputObject $args[0] -Process $args[1]", false,
                PipelineResultTypes.Output | PipelineResultTypes.Error, null, Own(told), ScriptBlock);
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException thrown)
        {
            WriteError(thrown.ErrorRecord);
        }
    }
}
