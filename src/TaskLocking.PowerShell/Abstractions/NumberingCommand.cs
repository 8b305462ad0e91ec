using System;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that gives numbers to topics of one root.</summary>
public abstract class NumberingCommand : ReservingCommand
{
    /// <summary>The folder of the topics. Left out: CLAUDE_SPECS_ROOT, .claude/specs, specs, else .claude/specs.</summary>
    [Parameter]
    [Given]
    public string? Root { get; set; }

    /// <summary>Local: in all working trees and branches of the repository; Remote: at a remote too.</summary>
    [Parameter]
    public TopicReserve Reserve { get; set; }

    /// <summary>The remote. Left out: the only one, checkout.defaultRemote, or origin.</summary>
    [Parameter]
    [Given]
    public string? Remote { get; set; }

    /// <summary>Refuse where less is known than was asked for.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Do not fetch the remote's branches first.</summary>
    [Parameter]
    public SwitchParameter NoFetch { get; set; }

    /// <summary>The longest wait for a lock, in seconds: 0 tries once, -1 waits for ever.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>What the parameters ask for.</summary>
    private protected TopicRequest Numbering(bool reuse = false)
    {
        Waiting.Timeout = TimeoutSec < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec);
        return new TopicRequest
        {
            Reuse = reuse,
            Reserve = Reserve,
            Remote = Remote,
            IsStrict = Strict,
            Fetch = !NoFetch,
            Wait = new LockOptions { Timeout = Waiting.Timeout.Value, OnWait = Waiting.Report, OnFreed = Tell },
        };
    }

    /// <summary>Tells what the topics have to say.</summary>
    private protected void Warn(TopicStore topics)
    {
        foreach (var notice in topics.TakeNotices())
            WriteWarning(notice.Message);
    }

    private void Tell(LockTimes times) =>
        WriteVerbose($"Waited {times.Waited.TotalMilliseconds:0.000} ms, held the topic lock {times.Held.TotalMilliseconds:0.000} ms.");
}
