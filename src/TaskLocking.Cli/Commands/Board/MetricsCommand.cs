using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>metrics</c>.</summary>
internal sealed class MetricsCommand : TasklockCommand
{
    public const string Verb = "metrics";

    private readonly Option<bool> _reset = new("--reset") { Description = "Begin anew: forget what was counted, after it was shown." };

    public MetricsCommand()
        : base(Verb, "Shows waits, holds, conflicts, timeouts and broken leases over all processes, by resource and holder.") =>
            Add(_reset);

    public override string Remarks => """
        A resource is 'state' (the state lock), 'task:ID', 'file:PATH' or 'topics:ROOT'; a holder is an agent, else user@host. '(other)'
        gathers what was seldom. The longest waits together come first. A percentile is the upper end of its bucket. A process that is
        killed may take its last second with it. Numbers that cannot be written are not forgotten: --reset is then exit code 13.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock metrics",
        "tasklock metrics --json | jq '.resources[0]'",
        "tasklock metrics --reset",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var metrics = board.GetMetrics();
        if (run.Json)
            StandardOutput.Json(writer => MetricsJson.Write(writer, metrics));
        else
            MetricsReport.WriteText(metrics);
        if (!run.Value(_reset))
            return 0;
        // Nobody else has what would be forgotten.
        if (StandardOutput.IsLost)
            return run.Failure.TellUnheard("The numbers could not be written, so they were not forgotten.");
        board.ResetMetrics();
        return 0;
    }
}
