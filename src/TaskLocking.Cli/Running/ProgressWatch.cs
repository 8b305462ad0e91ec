using System;
using System.Text;
using System.Threading;
using Spectre.Console;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Scheduling;
using TaskLocking.Tasks;

namespace TaskLocking.Cli.Running;

/// <summary>
/// Shows progress until nothing is left to do or a signal comes: drawn in place on a terminal, elsewhere a line a change.
/// </summary>
/// <param name="json">Whether the lines are documents.</param>
/// <param name="look">Reads the newest state.</param>
/// <param name="period">Between two looks.</param>
internal sealed class ProgressWatch(bool json, Func<TaskProgress> look, TimeSpan period)
{
    private const int Unfinished = 6;

    private string? _last;

    /// <summary>0 when all are done, 6 when some failed or are blocked, 128 and its number for a signal.</summary>
    public int Follow()
    {
        using var signals = new SignalRelay();
        var terminal = json ? null : SpectreOutput.Terminal();
        var progress = terminal is null ? Run(Tell, signals.BeforeStart) : Draw(terminal, signals.BeforeStart);
        return progress is null ? signals.ExitCode : progress.Completed == progress.Total ? 0 : Unfinished;
    }

    private TaskProgress? Draw(IAnsiConsole terminal, CancellationToken stop)
    {
        var unicode = terminal.Profile.Capabilities.Unicode;
        return terminal.Live(new Text("")).Start(live => Run(progress => live.UpdateTarget(ProgressDrawing.Of(progress, unicode)), stop));
    }

    // Null when a signal came first.
    private TaskProgress? Run(Action<TaskProgress> show, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var progress = look();
            show(progress);
            if (IsOver(progress))
                return progress;
            stop.WaitHandle.WaitOne(period);
        }
        return null;
    }

    private void Tell(TaskProgress progress)
    {
        var line = json ? Encoding.UTF8.GetString(JsonText.Line(writer => ProgressReport.Write(writer, progress)).Span) : ProgressReport.Line(progress) + "\n";
        if (line == _last)
            return;
        _last = line;
        StandardOutput.Write(json ? line : $"{TaskText.Time(TimeProvider.System.GetUtcNow())} {line}");
    }

    // A blocked task waits for a person, or for a retry of one that failed.
    private static bool IsOver(TaskProgress progress) =>
        progress.InProgress == 0 && !Has(progress, AgentTaskStatus.Todo) && !Has(progress, AgentTaskStatus.Unknown);

    private static bool Has(TaskProgress progress, AgentTaskStatus status) => progress.ByStatus.TryGetValue(status, out var count) && count > 0;
}
