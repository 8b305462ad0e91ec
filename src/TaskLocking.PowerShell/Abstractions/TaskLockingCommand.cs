using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>
/// What every cmdlet shares: Ctrl+C ends a wait at once, a refused call becomes one terminating error, a path is the session's, what it
/// writes is the caller's own, and what it tells is fit for a terminal, whatever text is in it. A cmdlet overrides <see cref="Process"/>
/// and
/// <see cref="End"/>; both run on the pipeline thread.
/// </summary>
public abstract class TaskLockingCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
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

    /// <summary>Whether the command itself gives this parameter a value, and not the pipeline.</summary>
    private protected bool IsNamed(string parameter) => _named.Contains(parameter);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        foreach (var named in MyInvocation.BoundParameters)
        {
            _named.Add(named.Key);
            if (EmptyCellAttribute.Fault(GetType(), named.Key, named.Value) is { } fault)
                ThrowTerminatingError(Unfit($"Cannot validate argument on parameter '{named.Key}'. {fault}", named.Value));
        }
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

    /// <summary>Writes an object that nobody else has.</summary>
    private protected new void WriteObject(object? value) => base.WriteObject(Own(value));

    /// <summary>Writes objects that nobody else has, one by one if the caller wants that.</summary>
    private protected new void WriteObject(object? value, bool enumerateCollection) => base.WriteObject(
        enumerateCollection && value is IEnumerable values ? values.Cast<object?>().Select(Own) : Own(value), enumerateCollection);

    /// <summary>
    /// A copy of a value that may be one of the engine's. The engine hands out what it keeps, for nobody can change it; but PowerShell
    /// hangs the members that a caller adds on the object itself, and whoever in the process got the same object would see them.
    /// </summary>
    private protected virtual object? Own(object? value) => value;

    private protected new void WriteVerbose(string text) => base.WriteVerbose(TerminalText.Line(text));

    private protected new void WriteWarning(string text) => base.WriteWarning(TerminalText.Line(text));

    internal new void WriteProgress(ProgressRecord record)
    {
        record.Activity = TerminalText.Line(record.Activity);
        record.StatusDescription = TerminalText.Line(record.StatusDescription);
        base.WriteProgress(record);
    }

    /// <summary>Whether the command only tells what it would do.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var named)
        ? LanguagePrimitives.IsTrue(named)
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(TerminalText.Line(target), TerminalText.Line(action));

    private protected new bool ShouldProcess(string description, string question, string caption, out ShouldProcessReason reason) =>
        base.ShouldProcess(TerminalText.Line(description), TerminalText.Line(question), TerminalText.Line(caption), out reason);

    /// <summary>Reports the refusal of one item; the next one goes on.</summary>
    private protected void WriteRefusal(Refusal refusal, object? target) => WriteError(RefusalRecord.Create(Hinted(refusal), target));

    /// <summary>The refusal with what may have been meant behind its sentence, where there is something of that kind.</summary>
    private protected virtual Refusal Hinted(Refusal refusal) => refusal;

    // As PowerShell tells of an argument that does not pass.
    private static ErrorRecord Unfit(string message, object? value) =>
        new(new ParameterBindingException(message), "ParameterArgumentValidationError", ErrorCategory.InvalidData, value);

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (TaskLockingException refused)
        {
            Warn();
            var told = Hinted(refused.Refusal);
            ThrowTerminatingError(RefusalRecord.Create(told == refused.Refusal ? refused : new TaskLockingException(told, refused)));
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
