using System;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that gives numbers to topics of one root.</summary>
public abstract class NumberingCommand : ReservingCommand
{
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
