using System;
using System.Management.Automation;
using System.Threading;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that may wait for the locks of a workspace.</summary>
public abstract class WaitingCommand : WorkspaceCommand
{
    private TimeSpan? _timeout;

    /// <summary>The longest wait for locks in seconds: 0 once, -1 for ever. Left out: 5 for one task, 10 for several.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec
    {
        get => (int)(_timeout?.TotalSeconds ?? 0);
        set => _timeout = value < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(value);
    }

    private protected TimeSpan? LongestWait
    {
        get
        {
            Waiting.Timeout = _timeout;
            return _timeout;
        }
    }
}
