using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaskLocking.Cli.Output;

/// <summary>A bar for each phase of the stress protocol, with rates and conflicts, in place on a terminal.</summary>
internal sealed class StressDrawing : IProgress<StressProgress>
{
    private readonly ProgressContext _context;
    private readonly StateColumn _states;
    private readonly Dictionary<StressPhase, ProgressTask> _bars = [];

    private StressDrawing(ProgressContext context, StateColumn states, StressOptions options)
    {
        _context = context;
        _states = states;
        foreach (var phase in options.Phases.Distinct().Order())
            _bars.Add(phase, context.AddTask(Name(phase), autoStart: false, maxValue: 1));
    }

    public static StressReport Run(IAnsiConsole terminal, Func<IProgress<StressProgress>?, StressReport> run, StressOptions options)
    {
        // It waits for no input; but only what counts as interactive is drawn in place.
        terminal.Profile.Capabilities.Interactive = true;
        var states = new StateColumn();
        return terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn(),
                new ElapsedTimeColumn(), states)
            .Start(context => run(new StressDrawing(context, states, options)));
    }

    public void Report(StressProgress value)
    {
        var bar = _bars[value.Phase];
        if (!bar.IsStarted)
            bar.StartTask();
        bar.Value = value.Share;
        _states.Set(bar, State(value));
        if (value.Step == StressStep.Ended)
            bar.Description = Name(value.Phase)
                + (value.Report is { Ended: true, Violations.Count: 0 } ? " [green]ok[/]" : " [red]FAILED[/]");
        _context.Refresh();
    }

    private static string Name(StressPhase phase) => StressText.Word(phase);

    private static string State(StressProgress progress) => progress.Step switch
    {
        StressStep.Starting => "starting",
        StressStep.Checking => string.Create(CultureInfo.InvariantCulture, $"checking {progress.Operations} operations"),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"{progress.Operations} operations, {progress.Rate:0}/s, {progress.Refused} conflicts")
            + (progress.Kills > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.Kills} kills") : "")
            + (progress.Round > 1 ? string.Create(CultureInfo.InvariantCulture, $", round {progress.Round}") : ""),
    };

    private sealed class StateColumn : ProgressColumn
    {
        private readonly ConcurrentDictionary<int, string> _texts = new();

        protected override bool NoWrap => true;

        public void Set(ProgressTask task, string text) => _texts[task.Id] = text;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(_texts.GetValueOrDefault(task.Id, ""));
    }
}
