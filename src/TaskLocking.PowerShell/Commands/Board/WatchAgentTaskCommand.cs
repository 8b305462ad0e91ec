using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;

namespace TaskLocking.PowerShell;

/// <summary>Tells what was committed, each commit once and in order, and follows what comes; takes no lock.</summary>
[Cmdlet(VerbsCommon.Watch, "AgentTask", DefaultParameterSetName = "After")]
[OutputType(typeof(TaskEvent))]
public sealed class WatchAgentTaskCommand : WorkspaceCommand
{
    private const int AtOnce = 1000;

    private long? _after;

    /// <summary>
    /// Only what was committed after this version, which the events tell; 0 is before all. Left out: from now on.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = "After")]
    [ValidateRange(0, long.MaxValue)]
    public long After
    {
        get => _after ?? 0;
        set => _after = value;
    }

    /// <summary>Begin with all that is kept.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <summary>At most so many events. Left out: any number.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>How long to follow, in seconds: 0 tells what is there, -1 follows for ever, as when it is left out.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec { get; set; } = -1;

    /// <inheritdoc/>
    protected override void End()
    {
        var clock = Stopwatch.StartNew();
        using var feed = Board.OpenFeed(All ? TaskFeed.Oldest : _after);
        WriteVerbose($"Following from version {feed.Version} on");
        for (var left = Count; left > 0;)
        {
            var events = feed.Read(Math.Min(left, AtOnce), StopToken);
            foreach (var told in events)
                WriteObject(told);
            left -= events.Count;
            if (events.Count > 0)
                continue;
            var rest = TimeoutSec < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec) - clock.Elapsed;
            if (TimeoutSec >= 0 && rest <= TimeSpan.Zero)
                return;
            feed.Wait(rest, StopToken);
        }
    }
}
