using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task get</c>.</summary>
internal sealed class TaskGetCommand : TasklockCommand
{
    public const string Verb = "get";

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "Ids, or patterns in quotes ('T-*', 'T-?', 'T-[1-9]'); none lists all tasks.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _status = new("--status")
    {
        Description = "todo, in-progress, review, done, blocked, cancelled or failed; may come several times: any of them.",
        HelpName = "S",
    };
    private readonly Option<string> _assignee = new("--assignee") { Description = "Assigned to this name, or TYPE:NAME.", HelpName = "A" };
    private readonly Option<bool> _unassigned = new("--unassigned") { Description = "Assigned to nobody." };
    private readonly Option<string> _swarm = new("--swarm") { Description = "Of this swarm.", HelpName = "S" };
    private readonly Option<string> _parent = new("--parent")
    {
        Description = "The children of this task; none: those that are nobody's child.",
        HelpName = "ID",
    };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "With this label; may come several times: all of them.",
        HelpName = "T",
    };
    private readonly Option<bool> _ready = new("--ready") { Description = "Only what could be taken now, by priority, then age." };
    private readonly Option<bool> _archived = new("--archived") { Description = "Those in the archive instead." };
    private readonly Option<string> _agent = LeaseOptions.Agent("With --ready: by this agent; '' or nobody: by anybody.");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();

    public TaskGetCommand()
        : base(Verb, "Shows tasks; takes no lock.")
    {
        Add(_ids);
        Add(_status);
        Add(_assignee);
        Add(_unassigned);
        Add(_swarm);
        Add(_parent);
        Add(_tags);
        Add(_archived);
        Add(_ready);
        Add(_agent);
        Add(_capabilities);
    }

    public override string Remarks => """
        With --json one id gives the todo as the document has it; several ids, a pattern or filters give an array. An unknown id is exit
        code 4, a pattern that no id matches is none. Patterns go with filters, and an exact id wins over a pattern.
        A task that has children tells how many, and how many of them are Done or Cancelled ("child_count" and "children_closed" behind the
        todo in JSON).
        A task in the archive is shown by its id, with --archived, and with "archived" behind the todo in JSON.
        Where whoever claimed a task is gone, or its time is over, that is shown at once ('gone', 'expired'; "holder_ended" behind the todo
        in JSON); the next 'next' gives the task to somebody else.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task get T-1 --json",
        "tasklock task get --status todo --status in-progress --tag backend",
        "tasklock task get --unassigned --swarm nightly --json",
        "tasklock task get --ready --agent builder-1 --capability dotnet",
        "tasklock task get 'T-*' --unassigned",
        "tasklock task get --parent T-1",
        "tasklock task get --archived --swarm nightly --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = run.Value(_ids) ?? [];
        var isFiltered = new Option[] { _status, _assignee, _unassigned, _swarm, _parent, _tags, _archived, _ready, _agent, _capabilities }
            .Any(run.Given);
        if (isFiltered && ids.Any(id => NamePattern.Parse(id) is null))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"Give ids or filters, not both. Example: {Examples[1]}");
        if (run.Value(_ready) ? new Option[] { _status, _assignee, _unassigned, _parent, _archived }.Any(run.Given)
            : new Option[] { _agent, _capabilities }.Any(run.Given))
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"--ready goes with --agent, --capability, --swarm and --tag; --agent and --capability go with --ready alone. Example: " +
                    $"{Examples[3]}");
        }
        using var board = run.OpenBoard();
        return ids.Length > 0 && !isFiltered ? Show(run, board, ids) : List(run, board, ids);
    }

    private static int Show(CommandRun run, TaskBoard board, string[] ids)
    {
        // Null is missing; a pattern may well match nothing.
        var outcomes = ids.Select(id => (Id: id, Tasks: Find(board, id))).ToList();
        var found = outcomes.SelectMany(each => each.Tasks ?? []).ToList();
        var single = ids.Length == 1 && (found is [var only] ? only.Id == ids[0] : outcomes[0].Tasks is null);
        if (run.Json)
            OutcomeReport.WriteTasks(found, single, LeaseText.EndOf);
        else if (!single)
            TaskText.Write(found, LeaseText.EndOf);
        else if (found.Count == 1)
            TaskText.Write(found[0], LeaseText.EndOf(found[0]));
        return run.Failure.Tell(outcomes
            .Where(each => each.Tasks is null)
            .Select(each => new Refusal(RefusalCode.TaskNotFound, $"Task {each.Id} not found", each.Id))
            .ToList());
    }

    // An exact id wins: a task called "a[1]" is found by its name.
    private static List<AgentTask>? Find(TaskBoard board, string id) =>
        board.FindTask(id) is { } exact ? [exact]
        : NamePattern.Parse(id) is { } pattern ? board.GetTasks().Where(task => pattern.Matches(task.Id)).ToList()
        : board.FindArchivedTask(id) is { } archived ? [archived]
        : null;

    private int List(CommandRun run, TaskBoard board, string[] patterns)
    {
        var names = Array.ConvertAll(patterns, NamePattern.Parse);
        var tasks = run.Value(_ready) ? Ready(run, board)
            : run.Value(_archived) ? board.GetArchivedTasks(Query(run)) : board.GetTasks(Query(run));
        if (names.Length > 0)
            tasks = tasks.Where(task => patterns.Contains(task.Id) || names.Any(name => name!.Matches(task.Id))).ToList();
        if (run.Json)
            OutcomeReport.WriteTasks(tasks, single: false, LeaseText.EndOf);
        else
            TaskText.Write(tasks, LeaseText.EndOf);
        return 0;
    }

    private TaskQuery Query(CommandRun run) => new()
    {
        Statuses = Words.Statuses(run.Values(_status)),
        Assignee = run.Value(_assignee),
        IsAssigned = run.Value(_unassigned) ? false : null,
        Swarm = run.Value(_swarm),
        Parent = Words.Parent(run.Value(_parent)),
        Tags = run.Values(_tags) ?? [],
    };

    private IReadOnlyList<AgentTask> Ready(CommandRun run, TaskBoard board) => board.GetReady(new ReadyQuery
    {
        Agent = LeaseOptions.FindAgent(run, _agent),
        Capabilities = run.Values(_capabilities) ?? [],
        Swarm = run.Value(_swarm),
        Tags = run.Values(_tags) ?? [],
    });
}
