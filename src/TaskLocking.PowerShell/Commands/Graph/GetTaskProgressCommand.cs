using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells how far swarms are; takes no lock. With -Watch it shows bars and ends when nothing can go on any more.</summary>
[Cmdlet(VerbsCommon.Get, "TaskProgress")]
[OutputType(typeof(TaskProgress))]
public sealed class GetTaskProgressCommand : WorkspaceCommand
{
    private const int FirstActivityId = 0x7A60;
    private readonly List<(TaskBoard Board, string? Swarm)> _swarms = [];

    /// <summary>The swarms; the whole workspace when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[]? Swarm { get; set; }

    /// <summary>Follow with progress bars; the objects come at the end.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>How often to look, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(10, 3_600_000)]
    public int IntervalMs { get; set; } = 500;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var swarm in Swarm ?? [null!])
        {
            WarnOfUnknown(swarm);
            if (Watch)
                _swarms.Add((Board, swarm));
            else
                WriteObject(Board.GetProgress(swarm));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_swarms.Count == 0)
            return;
        while (true)
        {
            var seen = _swarms.ConvertAll(watched => watched.Board.GetProgress(watched.Swarm));
            for (var i = 0; i < seen.Count; i++)
                WriteProgress(Bar(i, seen[i]));
            if (seen.All(HasEnded))
            {
                for (var i = 0; i < seen.Count; i++)
                {
                    var ended = new ProgressRecord(FirstActivityId + i, Title(seen[i]), "Ended");
                    ended.RecordType = ProgressRecordType.Completed;
                    WriteProgress(ended);
                    Use(_swarms[i].Board);
                    WriteObject(seen[i]);
                }
                return;
            }
            StopToken.WaitHandle.WaitOne(IntervalMs);
            StopToken.ThrowIfCancellationRequested();
        }
    }

    // What is blocked goes on only by hand; what waits in Todo may have its time or its dependencies to come.
    private static bool HasEnded(TaskProgress progress) =>
        progress.InProgress == 0 && !Has(progress, AgentTaskStatus.Todo) && !Has(progress, AgentTaskStatus.Unknown);

    private static bool Has(TaskProgress progress, AgentTaskStatus status) =>
        progress.ByStatus.TryGetValue(status, out var count) && count > 0;

    private static ProgressRecord Bar(int index, TaskProgress progress) => new(FirstActivityId + index, Title(progress),
        FormattableString.Invariant($"{progress.Percent:0.0} %: {progress.Completed} of {progress.Total} done, ")
            + $"{progress.InProgress} in progress, {progress.Ready} ready, {progress.Failed} failed")
    {
        PercentComplete = (int)progress.Percent,
    };

    private static string Title(TaskProgress progress) => progress.Swarm is null ? "All tasks" : "Swarm " + progress.Swarm;
}
