using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Running;

/// <summary>
/// Runs the scripts of a workspace for what happens, one after the other. What goes wrong with one is told, and the next one runs.
/// </summary>
/// <param name="run">What was asked for.</param>
/// <param name="board">The board.</param>
/// <param name="limit">How long one script may take.</param>
internal sealed class HookCrew(CommandRun run, TaskBoard board, TimeSpan limit)
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(1);

    private const int Failed = 6;

    // What it may take to end when it is asked to, before it is killed.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    // So often it looks whether it is to end, while nothing comes.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _hasFailed;

    /// <summary>Runs what is due.</summary>
    /// <param name="follow">How long to go on with what comes; null: not at all.</param>
    /// <returns>0; 6 where a script failed; 128 and the number of the signal that ended it.</returns>
    public int Run(TimeSpan? follow)
    {
        using var hooks = HookRun.Begin(board);
        Environment.CurrentDirectory = board.Workspace; // Scripts have that of their starter.
        using var signals = new StopSignals();
        var clock = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                while (!signals.First.IsCancellationRequested && hooks.Next(signals.First) is { } next)
                    Deal(hooks, next, signals);
                if (hooks.TakeLoss() is { } loss)
                    Warn("EventsLost", loss);
                run.TellNotices();
                if (signals.First.IsCancellationRequested)
                    return signals.ExitCode;
                var left = follow is not { } longest ? TimeSpan.Zero : longest < TimeSpan.Zero ? Glance : longest - clock.Elapsed;
                if (left <= TimeSpan.Zero)
                    return _hasFailed ? Failed : 0;
                hooks.Wait(left < Glance ? left : Glance, signals.First);
            }
        }
        catch (OperationCanceledException)
        {
            return signals.ExitCode;
        }
    }

    private void Deal(HookRun hooks, HookEvent told, StopSignals signals)
    {
        var script = WorkspaceHooks.Open(board.Workspace, told.Kind);
        if (script is { Program: null })
        {
            if (_told.Add($"{script.Path} {script.Digest} {script.Fault}"))
            {
                Warn("HookNotTrusted", script.Fault is { } fault ? $"'{script.Path}' is not run: {fault}."
                    : $"'{script.Path}' is not run: you have not trusted it as it is. Read it, then: tasklock hooks trust "
                        + WorkspaceHooks.NameOf(script.Kind));
            }
        }
        else if (script is not null)
        {
            var isAgain = hooks.IsAgain;
            hooks.Start();
            if (!Run(script, told, isAgain, signals))
                return; // A signal ended it: it is the first of the next run.
        }
        hooks.Done();
    }

    // False if it was ended by a signal.
    private bool Run(HookScript script, HookEvent told, bool isAgain, StopSignals signals)
    {
        var what = $"{WorkspaceHooks.NameOf(told.Kind)} {told.TaskId ?? told.Swarm}";
        var output = new WorkOutput(what, hasPrefix: true, toError: true);
        try
        {
            using var process = WorkProcess.Start(Start(script, told, isAgain), output.Take);
            var isOver = false;
            int exitCode;
            using (new Timer(_ =>
            {
                isOver = true;
                process.End(StopTime);
            }, null, limit, Timeout.InfiniteTimeSpan))
            using (signals.First.Register(() => process.End(StopTime)))
            using (signals.Second.Register(() => process.End(TimeSpan.Zero)))
                exitCode = process.AwaitEnd();
            if (isOver)
                Tell(told, $"took longer than {Duration.Text(limit)} and was ended");
            else if (process.IsAsked)
                return false;
            else if (exitCode != 0)
                Tell(told, "ended with " + WorkOutput.Reason(exitCode, output.End()));
            else if (run.Verbose)
                StandardError.Line($"the hook {what} has run");
        }
        catch (Win32Exception refused)
        {
            Tell(told, $"cannot be started ({Marshal.GetPInvokeErrorMessage(refused.NativeErrorCode)})");
        }
        return true;
    }

    private WorkProcessStart Start(HookScript script, HookEvent told, bool isAgain)
    {
        var task = told.TaskId is { } id ? board.FindTask(id) : null;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TASKLOCKING_EVENT"] = WorkspaceHooks.NameOf(told.Kind),
            ["TASKLOCKING_TASK"] = Plain(told.TaskId),
            ["TASKLOCKING_SWARM"] = Plain(told.Swarm),
            ["TASKLOCKING_VERSION"] = told.Version.ToString(CultureInfo.InvariantCulture),
            ["TASKLOCKING_HOOK"] = script.Path,
            ["TASKLOCKING_AGAIN"] = isAgain ? "1" : "",
            [WorkspacePath.Variable] = board.Address ?? board.Workspace,
        };
        return new WorkProcessStart([script.Program!], null, variables,
            JsonText.Line(writer => HookJson.Write(writer, told, board.Address ?? board.Workspace, task)).ToArray());
    }

    // A variable ends at the first NUL; the JSON has all of it.
    private static string Plain(string? text) => (text ?? "").Replace("\0", "", StringComparison.Ordinal);

    private void Tell(HookEvent told, string what)
    {
        _hasFailed = true;
        Warn("HookFailed", $"The hook {WorkspaceHooks.NameOf(told.Kind)} for {told.TaskId ?? told.Swarm} (version {told.Version}) {what}.");
    }

    private void Warn(string code, string sentence)
    {
        if (run.Json)
            NoticeReport.Warn(code, sentence);
        else
            StandardError.Line("warning: " + sentence);
    }
}
