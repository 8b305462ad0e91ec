using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Abstractions;

/// <summary>
/// Shows a wait for a lock: from its first second on, a progress record that names the holder. Called on the pipeline thread, because
/// only there may a cmdlet write, at the engine's pace of about five times a second.
/// </summary>
internal sealed class WaitProgress(TaskLockingCommand cmdlet)
{
    private const int ActivityId = 0x7A5C;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private bool _shown;

    /// <summary>The longest wait, to tell how much is left; null or negative if it is not known or endless.</summary>
    public TimeSpan? Timeout { get; set; }

    public void Report(LockWait wait)
    {
        if (wait.Elapsed < Patience)
            return;
        _shown = true;
        var record = new ProgressRecord(ActivityId, "Waiting for " + wait.Resource, "Held by " + wait.Holder);
        if (Timeout is { } timeout && timeout > TimeSpan.Zero)
        {
            record.SecondsRemaining = (int)Math.Max(0, (timeout - wait.Elapsed).TotalSeconds);
            record.PercentComplete = (int)Math.Min(100, 100 * wait.Elapsed.TotalSeconds / timeout.TotalSeconds);
        }
        cmdlet.WriteProgress(record);
    }

    public void Complete()
    {
        if (!_shown)
            return;
        _shown = false;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Waiting", "Done") { RecordType = ProgressRecordType.Completed });
    }
}
