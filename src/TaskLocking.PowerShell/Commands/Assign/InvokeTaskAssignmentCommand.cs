using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// The nightly run: sets right what agents left behind, then gives ready tasks to the agents with the fewest open ones. A conflict is a
/// warning and the run goes on. With -WhatIf the summary tells what would be done.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "TaskAssignment", SupportsShouldProcess = true)]
[OutputType(typeof(AssignmentRun))]
public sealed class InvokeTaskAssignmentCommand : CommitCommand
{
    private const int ShownIds = 5;
    private readonly Batches<string> _agents = new();

    /// <summary>At most so many open tasks an agent, 1 to 1,000.</summary>
    [Parameter]
    public int MaxPerAgent { get; set; } = 5;

    /// <summary>At most so many open tasks of these agents together, 1 to 10,000.</summary>
    [Parameter]
    public int MaxParallel { get; set; } = 10;

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>The agents that may get tasks; every registered agent that is no person when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string[] Agent { get; set; } = [];

    /// <summary>As the last thing, move tasks to the archive that were closed so long ago, or longer. Left out: none.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? ArchiveAfter { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _agents.AddRange(Board, Agent);

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var agents in Each(_agents))
            Run(agents);
    }

    private void Run(List<string> agents)
    {
        const string Doing = "Maintain claims and leases, and assign ready tasks";
        var isWanted = ShouldProcess($"{Doing} in {Board.Workspace}", $"{Doing} in {Board.Workspace}?", "Assign tasks", out var reason);
        if (!isWanted && reason != ShouldProcessReason.WhatIf)
            return;
        WarnOfUnknown(Swarm);
        var run = Board.RunAssignment(new AssignmentRunRequest
        {
            MaxPerAgent = MaxPerAgent,
            MaxParallel = MaxParallel,
            Swarm = Swarm,
            Agents = agents,
            ArchiveAfter = ArchiveAfter,
            WhatIf = !isWanted,
        }, Commit, StopToken);
        // A limit concerns many tasks alike, a conflict one.
        foreach (var group in run.Skipped.GroupBy(skipped => skipped.Reason, skipped => skipped.TaskId, StringComparer.Ordinal))
            WriteWarning($"{Named.Ids(group.ToList(), ShownIds)} skipped: {group.Key}");
        WriteObject(run);
    }
}
