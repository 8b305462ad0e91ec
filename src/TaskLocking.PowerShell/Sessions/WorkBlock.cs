using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.PowerShell.Sessions;

/// <summary>
/// Runs a block for one task in the caller's scope, as a pipeline that can be stopped by itself, and tells how it ended. What it writes
/// goes on to the caller as it comes.
/// </summary>
/// <param name="caller">The cmdlet, on whose thread it runs.</param>
/// <param name="block">The block; the task is <c>$_</c> in it.</param>
/// <param name="item">The task.</param>
internal sealed class WorkBlock(InvokeAgentWorkCommand caller, ScriptBlock block, WorkItem item)
{
    private const string ExitCodeName = "global:LASTEXITCODE";

    // What would only end a statement without anybody who catches it is an error that ends the block. ForEach-Object keeps the scope.
    private const string Script = "try { ForEach-Object -InputObject $args[0] -Process $args[1] } catch { throw }";

    private ErrorRecord? _thrown;
    private ErrorRecord? _error;
    private int _exitCode;

    /// <summary>What ended the command, rather than the block: whoever reads has had enough.</summary>
    public Exception? Ended { get; private set; }

    /// <summary>Whether the command was stopped with it, which it need not have heard of yet.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Runs it to its end, or until it is stopped by the caller or by what becomes of the task.</summary>
    public void Run(CancellationToken stop)
    {
        caller.SessionState.PSVariable.Set(ExitCodeName, 0);
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Script, useLocalScope: false).AddArgument(item.Task with { }).AddArgument(block);
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) => Pass(shell, output.ReadAll(), caller.WriteBlockOutput);
        shell.Streams.Error.DataAdded += (_, _) => Pass(shell, shell.Streams.Error.ReadAll(), Fail);
        using (stop.Register(() => Stop(shell)))
        using (item.Stopping.Register(() => Stop(shell)))
        {
            try
            {
                shell.Invoke(null, output);
            }
            catch (PipelineStoppedException)
            {
                // It was told to: the task tells why, or its reader has gone, or the command is stopped.
            }
            catch (RuntimeException thrown)
            {
                _thrown = thrown.ErrorRecord;
            }
            IsStopped = shell.InvocationStateInfo.State is (PSInvocationState.Stopped or PSInvocationState.Stopping) && Ended is null
                && !item.Stopping.IsCancellationRequested;
        }
        _exitCode = LanguagePrimitives.TryConvertTo<int>(caller.SessionState.PSVariable.GetValue(ExitCodeName),
            CultureInfo.InvariantCulture, out var code) ? code : 0;
    }

    /// <summary>Why it failed, in a line; null if it did not.</summary>
    public string? Failure(IReadOnlyList<WorkFailure> kinds) =>
        _thrown is not null && kinds.Contains(WorkFailure.TerminatingError) ? _thrown.ToString()
        : _exitCode != 0 && kinds.Contains(WorkFailure.ExitCode)
            ? "exit code " + _exitCode.ToString(CultureInfo.InvariantCulture) + (_error is null ? "" : ": " + _error)
        : _error is not null && kinds.Contains(WorkFailure.AnyError) ? _error.ToString()
        : null;

    /// <summary>Goes on with what ended the command, once the task is given back.</summary>
    public void Rethrow()
    {
        if (Ended is not null)
            ExceptionDispatchInfo.Capture(Ended).Throw();
    }

    private void Fail(ErrorRecord error)
    {
        _error ??= error;
        caller.WriteError(error);
    }

    private void Pass<T>(System.Management.Automation.PowerShell shell, IEnumerable<T> items, Action<T> write)
    {
        try
        {
            foreach (var each in items)
            {
                if (Ended is null)
                    write(each);
            }
        }
        catch (Exception ended)
        {
            Ended = ended;
            Stop(shell);
        }
    }

    // Not on the thread that the pipeline runs on, nor on one that has to go on.
    private static void Stop(System.Management.Automation.PowerShell shell) => _ = Task.Run(() =>
    {
        try
        {
            shell.Stop();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself.
        }
    });
}
