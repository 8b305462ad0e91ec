using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task find</c>.</summary>
internal sealed class TaskFindCommand : TasklockCommand
{
    public const string Verb = "find";

    private readonly Argument<string[]> _words = new("TEXT")
    {
        Description = "Words or phrases; all of them occur, in any case.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _status = new("--status")
    {
        Description = "In this status; may come several times: any of them.",
        HelpName = "S",
    };
    private readonly Option<string> _assignee = new("--assignee") { Description = "Assigned to this name, or TYPE:NAME.", HelpName = "A" };
    private readonly Option<string> _swarm = new("--swarm") { Description = "Of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "With this label; may come several times: all of them.",
        HelpName = "T",
    };

    private readonly Option<string> _stale = new("--stale")
    {
        Description = "Not changed for so long: 90, 90s, 30m, 4h, 2d.",
        HelpName = "T",
    };

    private readonly Option<bool> _archived = new("--archived") { Description = "Among those in the archive instead." };

    public TaskFindCommand()
        : base(Verb, "Finds tasks by words of their texts, or by how long nobody has changed them; takes no lock.")
    {
        Add(_words);
        Add(_status);
        Add(_assignee);
        Add(_swarm);
        Add(_tags);
        Add(_stale);
        Add(_archived);
    }

    public override string Remarks => """
        Words are looked for in id, name, text, tags, the last failure with what it wrote last, and the comments of any tool. Conditions add
        up. With --json an array. Nothing found is exit code 0.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task find login",
        "tasklock task find \"null reference\" --status failed --json",
        "tasklock task find --stale 2d --status in-progress --status review",
    ];

    protected override int Execute(CommandRun run)
    {
        var query = new TaskQuery
        {
            Words = run.Value(_words) ?? [],
            Statuses = Words.Statuses(run.Values(_status)),
            Assignee = run.Value(_assignee),
            Swarm = run.Value(_swarm),
            Tags = run.Values(_tags) ?? [],
            UnchangedFor = Duration.Parse(run.Value(_stale), "--stale 2d"),
        };
        if (query.Words.Count == 0 && !new Option[] { _status, _assignee, _swarm, _tags, _stale }.Any(run.Given))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Say what to look for: words, or a condition. Example: {Examples[0]}");
        using var board = run.OpenBoard();
        var tasks = run.Value(_archived) ? board.GetArchivedTasks(query) : board.GetTasks(query);
        if (run.Json)
            OutcomeReport.WriteTasks(tasks, single: false, LeaseText.EndOf);
        else
            TaskText.Write(tasks, LeaseText.EndOf);
        return 0;
    }
}
