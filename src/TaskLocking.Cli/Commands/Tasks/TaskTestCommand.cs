using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task test</c>.</summary>
internal sealed class TaskTestCommand : TasklockCommand
{
    public const string Verb = "test";

    private readonly Argument<string> _id = new("ID") { Description = "The task." };
    private readonly Option<string> _agent = LeaseOptions.Agent("By whom it shall be taken; nobody: by anybody.");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();

    public TaskTestCommand()
        : base(Verb, "Tells whether a task could be taken now, and everything that stands in the way; takes no lock.")
    {
        Add(_id);
        Add(_agent);
        Add(_capabilities);
    }

    public override string Remarks => "Exit code 6 when it is not ready.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task test T-1",
        "tasklock task test T-1 --agent builder-1 --capability dotnet --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var readiness = board.Explain(run.Value(_id)!, new ReadyQuery
        {
            Agent = LeaseOptions.FindAgent(run, _agent),
            Capabilities = run.Values(_capabilities) ?? [],
        });
        if (run.Json)
            StandardOutput.Json(writer => ReadinessJson.Write(writer, readiness));
        else
            WriteText(readiness);
        return readiness.IsReady ? 0 : RefusalTable.ExitCode(RefusalCode.TaskNotReady);
    }

    private static void WriteText(Readiness readiness) => StandardOutput.Lines(
    [
        $"Task {readiness.TaskId} is {(readiness.IsReady ? "ready" : "not ready")}",
        .. readiness.Reasons.Select(reason => "  " + reason.Message),
    ]);
}
