using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>
/// Takes tasks one after the other, runs a block for each, and completes or fails the task by how the block ended. The block runs in the
/// caller's scope with the task as <c>$_</c>; it is stopped when the claim is lost or the time limit comes up.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "AgentWork", SupportsShouldProcess = true)]
[OutputType(typeof(object))]
[OutputType(typeof(WorkResult))]
public sealed class InvokeAgentWorkCommand : WorkspaceCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private AgentWork? _work;
    private string? _trouble;

    /// <summary>What to do for each task, which is <c>$_</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>The agent that works. Left out: <c>TASKLOCKING_AGENT</c>.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string? Agent { get; set; }

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    public string? Swarm { get; set; }

    /// <summary>Only tasks with all of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>End when none of these tasks can become ready without a person; else wait for more.</summary>
    [Parameter]
    public SwitchParameter UntilEmpty { get; set; }

    /// <summary>End after one task.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>End after so many tasks.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>End after so long without anything to do.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>What counts as a failure. Left out: a terminating error and an exit code.</summary>
    [Parameter]
    [Given]
    public WorkFailure[] FailOn { get; set; } = [WorkFailure.TerminatingError, WorkFailure.ExitCode];

    /// <summary>How long the claims hold where the process of this session cannot be judged, 1 s to 30 days.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Ttl { get; set; }

    /// <summary>What the agent is: human for a person. Left out: as the name is registered.</summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>What to do about a task whose files somebody else has: pass it over, or claim it and warn.</summary>
    [Parameter]
    public FileOverlap OnOverlap { get; set; }

    /// <summary>Who makes the changes, for the history. Left out: the agent.</summary>
    [Parameter]
    [Given]
    public string? By { get; set; }

    /// <summary>Write what became of each task behind what its block wrote.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var request = Request();
        if (!ShouldProcess(request.Holder.Agent, "Work on tasks"))
            return;
        using (_work = new AgentWork(Board, request))
        {
            while (_work.Take(StopToken) is { } item)
            {
                using (item)
                    Do(item);
            }
            WriteVerbose(_work.EndReason!);
        }
    }

    /// <summary>Passes on what the block writes.</summary>
    internal void WriteBlockOutput(PSObject value) => WriteObject(value);

    private WorkRequest Request()
    {
        if (Once && Count is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "-Once and -Count say two things. Give one, for example -Once.");
        return new WorkRequest(SessionHolder.Of(CallingAgent.Require(Agent), null, Type?.ToLowerInvariant()))
        {
            Swarm = Swarm,
            Tags = Tag,
            Capabilities = Capability,
            UntilEmpty = UntilEmpty,
            Count = Once ? 1 : Count,
            IdleTimeout = IdleTimeout,
            Ttl = Ttl ?? WorkRequest.DefaultTtl,
            OnOverlap = OnOverlap,
            By = By,
            // A block is stopped at once.
            StopTime = TimeSpan.Zero,
            OnTrouble = Tell,
        };
    }

    private void Do(WorkItem item)
    {
        foreach (var overlap in item.Overlaps)
            WriteWarning($"{item.Task.Id} is worked on without the file {overlap.Path}: {overlap.Lease.Agent} has a lease on it.");
        WriteVerbose($"Task {item.Task.Id} begins, attempt {Math.Max(1, item.Task.Attempt)} of {item.Task.MaxAttempt}.");
        var block = new WorkBlock(this, ScriptBlock!, item);
        WorkResult? result;
        try
        {
            block.Run(StopToken);
            result = StopToken.IsCancellationRequested || block.IsStopped || block.Ended is not null
                ? GiveBack(item)
                : item.Finish(block.Failure(FailOn), null, StopToken);
        }
        catch (Exception)
        {
            // Whatever ends this command ends no task: a flow control of the block, say.
            GiveBack(item);
            throw;
        }
        block.Rethrow();
        if (StopToken.IsCancellationRequested || block.IsStopped || result is null)
            throw new PipelineStoppedException();
        _trouble = null;
        if (result.Result is WorkResultKind.Retry or WorkResultKind.Failed or WorkResultKind.Lost)
            WriteWarning($"Task {result.TaskId} {Words(result)}: {result.Reason}");
        else
            WriteVerbose($"Task {result.TaskId} {Words(result)}.");
        if (PassThru)
            WriteObject(result);
    }

    // Who stops a command does not wait for ever; what cannot be given back in time is this session's until it ends.
    private static WorkResult? GiveBack(WorkItem item)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return item.GiveBack(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string Words(WorkResult result) => result.Result switch
    {
        WorkResultKind.Done => "is done",
        WorkResultKind.Review => "is in review",
        WorkResultKind.Retry => "failed and will be tried again",
        WorkResultKind.Failed => "failed",
        WorkResultKind.Lost => "was lost",
        _ => "was given back",
    };

    // On the thread that takes and ends tasks, which is the pipeline's.
    private void Tell(Refusal refusal)
    {
        if (refusal.Message != _trouble)
            WriteWarning(refusal.Message.TrimEnd('.') + ". It is tried again.");
        _trouble = refusal.Message;
    }
}
