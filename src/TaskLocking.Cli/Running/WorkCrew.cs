using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Running;

/// <summary>The threads of a worker, each with one task at a time and its command, until there are no more or a signal comes.</summary>
/// <param name="run">What was asked for.</param>
/// <param name="words">The command and its arguments.</param>
/// <param name="bytes">The same as they were given; null where that is not known.</param>
internal sealed class WorkCrew(CommandRun run, string[] words, byte[][]? bytes)
{
    private const int Unfinished = 6;
    private const int NotFound = 127;
    private const int NotExecutable = 126;

    private readonly WorkReport _report = new(run.Json, run.Verbose);
    private readonly CancellationTokenSource _halt = new();
    private readonly StopSignals _signals = new();
    private Exception? _fault;
    private int? _exitCode;

    public int Size { get; init; } = 1;

    public bool HasPrefix { get; init; }

    public bool HasInput { get; init; }

    /// <summary>Works to the end and gives the exit code.</summary>
    public int Run(WorkRequest request)
    {
        using var board = run.OpenBoard(lasts: true);
        using var work = new AgentWork(board, request with { OnTrouble = _report.Trouble });
        using var signals = _signals;
        using var halt = _halt;
        using (signals.First.Register(Halt))
        {
            var others = Enumerable.Range(1, Size - 1).Select(_ => new Thread(() => Work(work, board, request))).ToList();
            others.ForEach(thread => thread.Start());
            Work(work, board, request);
            others.ForEach(thread => thread.Join());
        }
        run.TellNotices();
        if (_fault is { } fault)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        if (_exitCode is { } told)
            return told;
        var stopped = signals.First.IsCancellationRequested;
        _report.End(stopped ? null : work.End, stopped ? "A signal asked to end." : work.EndReason ?? "");
        return stopped ? signals.ExitCode
            : (work.End == WorkEnd.Empty ? work.HasUndone : _report.HasUndone) ? Unfinished : 0;
    }

    // One thread of the crew. What keeps it from going on keeps the others, too.
    private void Work(AgentWork work, TaskBoard board, WorkRequest request)
    {
        try
        {
            while (!_halt.IsCancellationRequested && work.Take(_halt.Token) is { } item)
            {
                using (item)
                    Do(item, board, request);
            }
        }
        catch (OperationCanceledException) when (_halt.IsCancellationRequested)
        {
            // What it had is given back, or stays this process' own, which ends now.
        }
        catch (Exception fault)
        {
            Interlocked.CompareExchange(ref _fault, fault, null);
            Halt();
        }
    }

    private void Halt() => _halt.Cancel();

    private void Do(WorkItem item, TaskBoard board, WorkRequest request)
    {
        _report.Began(item);
        var output = new WorkOutput(item.Task.Id, HasPrefix, toError: run.Json);
        WorkProcess process;
        try
        {
            process = WorkProcess.Start(Start(item, board, request), output.Take);
        }
        catch (Win32Exception refused)
        {
            _report.Ended(item.GiveBack(_signals.Second));
            Refuse(refused);
            return;
        }
        using (process)
        {
            int exitCode;
            using (item.Stopping.Register(() => process.End(item.StopTime)))
            using (_halt.Token.Register(() => process.End(request.StopTime)))
            using (_signals.Second.Register(() => process.End(TimeSpan.Zero)))
                exitCode = process.AwaitEnd();
            var isHalted = process.IsAsked && item.Why is null;
            var end = output.End();
            _report.Ended(isHalted ? item.GiveBack(_signals.Second)
                : item.Finish(exitCode == 0 ? null : WorkOutput.Reason(exitCode, end), end, _signals.Second));
        }
    }

    private WorkProcessStart Start(WorkItem item, TaskBoard board, WorkRequest request) => new(words, bytes,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TASKLOCKING_TASK"] = item.Task.Id,
            ["TASKLOCKING_TOKEN"] = item.Token.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [LeaseOptions.AgentVariable] = request.Holder.Agent,
            [WorkspacePath.Variable] = board.Workspace,
        },
        HasInput ? JsonText.Line(writer => TaskJson.Write(writer, item.Task)).ToArray() : null);

    // The task is not to blame, and the next one would fare no better.
    private void Refuse(Win32Exception refused)
    {
        var isMissing = refused.NativeErrorCode == UnixSpawn.NoEntry; // One number on all systems.
        var name = refused.Message.StartsWith("/bin/sh", StringComparison.Ordinal) ? "/bin/sh" : words[0];
        Halt();
        if (_exitCode is not null)
            return;
        _exitCode = isMissing ? NotFound : NotExecutable;
        run.Failure.Tell(new Refusal(RefusalCode.InvalidArgument, isMissing
            ? $"The command '{name}' was not found. Give a program of PATH or a path, for example: tasklock work -- ./build.sh"
            : $"The command '{name}' cannot be executed ({Marshal.GetPInvokeErrorMessage(refused.NativeErrorCode)}). "
                + $"Run it by its interpreter, for example: tasklock work -- sh {name}"));
    }
}
