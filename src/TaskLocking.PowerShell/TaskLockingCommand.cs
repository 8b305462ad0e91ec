using System;
using System.Management.Automation;
using System.Threading;
using TaskLocking.Diagnostics;

namespace TaskLocking.PowerShell;

/// <summary>
/// What every cmdlet shares: Ctrl+C ends a wait at once, a refused call becomes one terminating error, a path is the session's.
/// A cmdlet overrides <see cref="Process"/> and <see cref="End"/>; both run on the pipeline thread.
/// </summary>
public abstract class TaskLockingCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private WaitProgress? _waiting;

    /// <summary>Set when the user or the pipeline stops this command.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    private protected WaitProgress Waiting => _waiting ??= new WaitProgress(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guard(End);
        Warn();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the same moment.
        }
    }

    /// <summary>Handles one record of the pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Runs when the pipeline's input has ended.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Runs at the end of the command, also before the error that ends it: tells what is no part of the answer.</summary>
    private protected virtual void Warn()
    {
    }

    /// <summary>Frees what the command has; the pipeline calls it, stopped or not.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    /// <summary>Reports the refusal of one item; the next one goes on.</summary>
    private protected void WriteRefusal(Refusal refusal, object? target) => WriteError(RefusalRecord.Create(refusal, target));

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (TaskLockingException refused)
        {
            Warn();
            ThrowTerminatingError(RefusalRecord.Create(refused));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            _waiting?.Complete();
        }
    }
}
