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
    private readonly List<(TaskBoard Board, string? Swarm, string? Parent)> _watched = [];

    /// <summary>The swarms; the whole workspace when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[]? Swarm { get; set; }

    /// <summary>Instead of swarms all that is below these tasks, at any depth; the tasks themselves are not counted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [Given]
    public string[]? Parent { get; set; }

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
        if (Parent is not null)
        {
            if (Swarm is not null)
                throw new TaskLockingException(RefusalCode.InvalidArgument, "Give swarms or parents, not both.");
            foreach (var parent in Parent)
                Tell(null, parent);
            return;
        }
        foreach (var swarm in Swarm ?? [null!])
        {
            WarnOfUnknown(swarm);
            Tell(swarm, null);
        }
    }

    private void Tell(string? swarm, string? parent)
    {
        try
        {
            if (Watch)
                _watched.Add((Board, swarm, parent));
            else
                WriteObject(Look(Board, swarm, parent));
        }
        catch (TaskLockingException refused) when (parent is not null && refused.Refusal.TaskId == parent)
        {
            WriteRefusal(refused.Refusal, parent);
        }
    }

    private static TaskProgress Look(TaskBoard board, string? swarm, string? parent) =>
        parent is null ? board.GetProgress(swarm) : board.GetProgressBelow(parent);

    /// <inheritdoc/>
    protected override void End()
    {
        if (_watched.Count == 0)
            return;
        while (true)
        {
            var seen = _watched.ConvertAll(watched => Look(watched.Board, watched.Swarm, watched.Parent));
            for (var i = 0; i < seen.Count; i++)
                WriteProgress(Bar(i, seen[i]));
            if (seen.All(HasEnded))
            {
                for (var i = 0; i < seen.Count; i++)
                {
                    var ended = new ProgressRecord(FirstActivityId + i, Title(seen[i]), "Ended");
                    ended.RecordType = ProgressRecordType.Completed;
                    WriteProgress(ended);
                    Use(_watched[i].Board);
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

    private static string Title(TaskProgress progress) => progress.Parent is not null ? "Below " + progress.Parent
        : progress.Swarm is null ? "All tasks" : "Swarm " + progress.Swarm;
}
