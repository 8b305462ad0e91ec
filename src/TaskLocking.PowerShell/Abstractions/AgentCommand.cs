using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet by which an agent does something in its own name.</summary>
public abstract class AgentCommand : CommitCommand
{
    private string? _acting;

    /// <summary>The agent that acts. Left out: <c>TASKLOCKING_AGENT</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string? Agent { get; set; }

    /// <inheritdoc/>
    private protected override string? Author => Caller;

    /// <summary>Who acts: in a batch whoever the claims of its tasks name, else the one that the command or the variable names.</summary>
    private protected string Caller => _acting ?? CallingAgent.Require(Agent);

    /// <inheritdoc/>
    private protected override void Begin(string? agent) => _acting = agent;

    /// <summary>How long to wait for a task; null: not at all.</summary>
    private protected static RequestWait? WaitOf(TimeSpan? atMost, bool untilEmpty) => atMost is null && !untilEmpty ? null
        : new RequestWait { AtMost = atMost ?? Timeout.InfiniteTimeSpan, UntilEmpty = untilEmpty };

    /// <summary>Writes what was claimed, and tells why there is nothing; gives it back if nobody would hear of it any more.</summary>
    private protected void Write(TaskRequestAnswer answer)
    {
        if (IsWhatIf)
        {
            Foretell(answer);
            return;
        }
        // Who named his request asks again, and is told then.
        if (StopToken.IsCancellationRequested && answer.Claimed.Count > 0 && this is not INamedRequest { RequestId: not null })
            Board.GiveBack(answer.Claimed.Select(outcome => outcome.Task!)
                .Select(task => new GiveBackRequest(task.Id, task.Claim!.Agent, task.Claim.Token)).ToList());
        foreach (var outcome in answer.Claimed)
            WarnOf(outcome.Overlaps, outcome.Id);
        if (answer.InVain is { } inVain)
            WriteWarning(inVain);
        if (answer.Task is null)
            WriteVerbose(answer.Nothing ?? "Nothing is free.");
        foreach (var outcome in answer.Claimed)
            WriteObject(outcome.Task);
    }

    private void Foretell(TaskRequestAnswer answer)
    {
        foreach (var outcome in answer.Claimed)
            ShouldProcess($"{outcome.Id} for {Caller}", "Claim task");
        if (answer.Task is null)
            ShouldProcess($"Nothing would be claimed for {Caller}: {answer.Nothing ?? "nothing is free."}", "", "", out _);
        if (answer.InVain is { } inVain)
            WriteWarning(inVain);
    }
}
