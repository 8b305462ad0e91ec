using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>assignments</c>.</summary>
internal sealed class AssignmentsCommand : TasklockCommand
{
    public const string Verb = "assignments";

    private readonly Option<string> _assignee = new("--assignee")
    {
        Description = "Only what this name, or TYPE:NAME, has.",
        HelpName = "A",
    };
    private readonly Option<bool> _unassigned = new("--unassigned") { Description = "Only tasks that nobody has." };
    private readonly Option<bool> _workload = new("--workload") { Description = "How much everybody has, most open tasks first." };

    public AssignmentsCommand()
        : base(Verb, "Shows who has which task; takes no lock.")
    {
        Add(_assignee);
        Add(_unassigned);
        Add(_workload);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock assignments --assignee agent:builder-1",
        "tasklock assignments --workload --json",
        "tasklock assignments --unassigned",
    ];

    protected override int Execute(CommandRun run)
    {
        var (assignee, unassigned, workload) = (run.Value(_assignee), run.Value(_unassigned), run.Value(_workload));
        if ((assignee is null ? 0 : 1) + (unassigned ? 1 : 0) + (workload ? 1 : 0) > 1)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Give one of --assignee, --unassigned and --workload. Example: {Examples[1]}");
        using var board = run.OpenBoard();
        if (workload)
            Write(run, board.GetWorkload());
        else
            Write(run, board.GetTasks(new TaskQuery { Assignee = assignee, IsAssigned = !unassigned }));
        return 0;
    }

    private static void Write(CommandRun run, IReadOnlyList<AgentTask> tasks)
    {
        if (!run.Json)
        {
            TaskText.Write(tasks, LeaseText.EndOf);
            return;
        }
        StandardOutput.Json(writer => JsonText.Write(writer, tasks, single: false, AssignmentJson.Write));
    }

    private static void Write(CommandRun run, IReadOnlyList<AssigneeWorkload> loads)
    {
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, loads, single: false, AssignmentJson.Write));
            return;
        }
        if (loads.Count == 0)
        {
            StandardOutput.Line("Nobody has tasks.");
            return;
        }
        var table = new TextTable("Assignee", "Open", "In progress", "Total");
        foreach (var load in loads)
            table.Add($"{load.Type}:{load.Name}", Text(load.Open), Text(load.InProgress), Text(load.Total));
        SpectreTable.Write(table);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
