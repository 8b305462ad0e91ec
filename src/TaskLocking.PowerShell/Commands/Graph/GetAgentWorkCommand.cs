using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Tells who does what, since when and by what claim, and what is the matter with the tasks that do not go on by themselves; takes no lock.
/// </summary>
[Cmdlet(VerbsCommon.Get, "AgentWork")]
[OutputType(typeof(WorkStatus))]
public sealed class GetAgentWorkCommand : WorkspaceCommand
{
    private const int FirstActivityId = 0x7A70;
    private const int MostBars = 10;

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter(Position = 0)]
    [Given]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    public string? Swarm { get; set; }

    /// <summary>Only what stands so.</summary>
    [Parameter]
    [Given]
    public WorkState[]? State { get; set; }

    /// <summary>Follow with a progress record for each task that is worked on; the objects come when nobody works any more.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Watch)
            Follow();
        foreach (var status in Look())
            WriteObject(status);
    }

    private IEnumerable<WorkStatus> Look() => Board.GetWork(Swarm).Where(status => State is null || State.Contains(status.State));

    private void Follow()
    {
        var shown = 0;
        while (true)
        {
            var version = Board.GetVersion();
            var work = Look().Where(IsWorkedOn).ToList();
            for (var at = 0; at < Math.Max(shown, Math.Min(MostBars, work.Count)); at++)
                WriteProgress(at < work.Count ? Bar(at, work[at]) : Ended(at));
            shown = Math.Min(MostBars, work.Count);
            if (shown == 0)
                return;
            // A process that ends makes no change of the board.
            Board.WaitForChange(version, TimeSpan.FromSeconds(1), StopToken);
        }
    }

    private static bool IsWorkedOn(WorkStatus status) => status.State is WorkState.Working or WorkState.Claimed or WorkState.Overdue;

    private static ProgressRecord Bar(int at, WorkStatus status) => new(FirstActivityId + at, $"{status.Agent} {status.TaskId}",
        $"{status.State} since {status.Since?.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "unknown"}");

    private static ProgressRecord Ended(int at) => new(FirstActivityId + at, "Work", "Ended") { RecordType = ProgressRecordType.Completed };
}
