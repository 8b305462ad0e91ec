using System;
using System.Text;
using System.Threading;
using Spectre.Console;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Running;

/// <summary>
/// Shows progress until nothing is left to do or a signal comes: drawn in place on a terminal, elsewhere a line a change.
/// </summary>
/// <param name="json">Whether the lines are documents.</param>
/// <param name="failure">Hears what went wrong.</param>
/// <param name="look">Reads the newest state.</param>
/// <param name="period">Between two looks.</param>
internal sealed class ProgressWatch(bool json, FailureReport failure, Func<TaskProgress> look, TimeSpan period)
{
    private const int Unfinished = 6;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private string? _last;

    /// <summary>
    /// 0 when all are done, 6 when some failed or are blocked, 13 when nobody is there any more to see it, 128 and its number for a signal.
    /// </summary>
    public int Follow()
    {
        using var signals = new SignalRelay();
        var terminal = json ? null : SpectreOutput.Terminal();
        var progress = terminal is null ? Run(Tell, signals.BeforeStart) : Draw(terminal, signals.BeforeStart);
        return progress is not null ? progress.Completed == progress.Total ? 0 : Unfinished
            : signals.BeforeStart.IsCancellationRequested ? signals.ExitCode
            : failure.TellUnheard("The progress could not be written, so it is not followed any longer.");
    }

    private TaskProgress? Draw(IAnsiConsole terminal, CancellationToken stop)
    {
        var unicode = terminal.Profile.Capabilities.Unicode;
        return terminal.Live(new Text("")).Start(live => Run(progress => live.UpdateTarget(ProgressDrawing.Of(progress, unicode)), stop));
    }

    // Null when a signal came first, or what is shown is not seen.
    private TaskProgress? Run(Action<TaskProgress> show, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var progress = look();
            show(progress);
            if (IsOver(progress))
                return progress;
            if (!Wait(stop))
                return null;
        }
        return null;
    }

    // False once nobody sees it any more: nothing may change for hours, and only a write would tell.
    private bool Wait(CancellationToken stop)
    {
        for (var left = period; left > TimeSpan.Zero && !stop.IsCancellationRequested; left -= Glance)
        {
            if (StandardOutput.IsAbandoned())
                return false;
            stop.WaitHandle.WaitOne(left < Glance ? left : Glance);
        }
        return true;
    }

    private void Tell(TaskProgress progress)
    {
        var line = json ? Encoding.UTF8.GetString(JsonText.Line(writer => ProgressJson.Write(writer, progress)).Span)
            : ProgressReport.Line(progress) + "\n";
        if (line == _last)
            return;
        _last = line;
        StandardOutput.Text(json ? line : $"{TaskText.Time(TimeProvider.System.GetUtcNow())} {line}");
    }

    // A blocked task waits for a person, or for a retry of one that failed.
    private static bool IsOver(TaskProgress progress) =>
        progress.InProgress == 0 && !Has(progress, AgentTaskStatus.Todo) && !Has(progress, AgentTaskStatus.Unknown);

    private static bool Has(TaskProgress progress, AgentTaskStatus status) =>
        progress.ByStatus.TryGetValue(status, out var count) && count > 0;
}
