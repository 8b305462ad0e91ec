using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>graph check</c>.</summary>
internal sealed class GraphCheckCommand : TasklockCommand
{
    public const string Verb = "check";

    private const int Unhealthy = 6;

    public GraphCheckCommand()
        : base(Verb, "Looks for circles, missing tasks, what will never be done, and what is not understood; takes no lock.")
    {
    }

    public override string Remarks => """
        Exit code 6 when there is any of it. Circles come only from a file of another tool: here they are refused when they would arise.
        Stuck is what no agent will ever do as things stand: what it waits for is cancelled, missing or failed for good, its todo is not
        understood, it is assigned to a person who is none of the agents, or requires what no registered agent can do; and what waits for
        that. A parent waits for its children, so a circle may go over both. What another tool wrote and nobody here understands (a
        dependency, a status, an id that is missing or there twice) is listed with the place of its todo in the document, from 1. It counts
        as not met. Times without an offset are remarks, which do not change the exit code.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock graph check",
        "tasklock graph check --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var report = board.CheckGraph();
        if (run.Json)
            StandardOutput.Json(writer => GraphJson.Write(writer, report));
        else
            WriteText(report);
        return report.IsHealthy ? 0 : Unhealthy;
    }

    private static void WriteText(GraphReport report) => StandardOutput.Lines(
    [
        .. report.Cycles.Select(cycle => $"circle   {string.Join(" -> ", cycle)} -> {cycle[0]}"),
        .. report.Dangling.Select(dangling => $"missing  {dangling.TaskId} depends on {dangling.Missing}, which is no task"),
        .. report.ParentMissing.Select(missing => $"missing  {missing.TaskId} is a child of {missing.Missing}, which is no task"),
        .. report.Stuck.Select(stuck => $"stuck    {stuck}"),
        .. report.NotUnderstood.Select(finding => $"{(finding.IsError ? "unclear" : "remark"),-8} {finding}"),
        $"{report.Tasks} tasks, {report.Dependencies} dependencies: {(report.IsHealthy ? "in order" : "not in order")}",
    ]);
}
