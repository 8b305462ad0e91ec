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

/// <summary><c>task set</c>.</summary>
internal sealed class TaskSetCommand : TasklockCommand
{
    public const string Verb = "set";

    /// <summary>What <c>--clear</c> takes.</summary>
    public static readonly IReadOnlyList<string> Fields = ["content", "agent", "task-file", "swarm", "parent", "tag", "depends-on",
        "requires", "allow", "file", "max-attempt", "retry-delay", "time-limit", "not-before", "needs-review"];

    private static readonly string Clearable = string.Join(", ", Fields.SkipLast(1)) + " or " + Fields[^1];


    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _status = new("--status")
    {
        Description = "todo, in-progress, review, done, blocked, cancelled or failed, or a word that older files use for it.",
        HelpName = "S",
    };
    private readonly TaskFieldOptions _fields = new();
    private readonly Option<string[]> _clear = new("--clear")
    {
        Description = "Empty a field, or give it its default: "
            + Clearable + "; may come several times.",
        HelpName = "FIELD",
    };
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();
    private readonly Option<string> _by = WriteOptions.By();
    private readonly Option<bool> _force = new("--force") { Description = "Although that ends the claim of somebody who works on it." };
    private readonly ProofOptions _proof = new();

    public TaskSetCommand()
        : base(Verb, "Changes fields of tasks.")
    {
        Add(_ids);
        Add(_status);
        _fields.AddTo(this);
        Add(_clear);
        Add(_ifVersion);
        Add(_by);
        Add(WriteOptions.RequestId);
        Add(_force);
        _proof.AddTo(this);
    }

    public override string Remarks => """
        Lists are given whole: --tag a --tag b leaves just the labels a and b. What is so already is no change.
        A status by hand ends the claim of a task that leaves In Progress. Somebody else's that holds is left alone, and so is what he has
        claimed: another status or a shorter time limit is refused with exit code 7, which names him, unless --force; one's own is changed
        by --token, --by, or as the process of the claim.
        A parent waits for its children: it cannot be one of those that it waits for, is not set to Done while one is open (exit code 6),
        and is Done by itself when the last one is closed. --parent none takes a task out.
        What needs a review comes to Done by 'complete --type human' alone. Once work has begun the need is cleared only by a person of the
        board who did not work on it (--by).
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task set T-1 --status in-progress",
        "tasklock task set T-1 --status done --if-version 12 --by builder-1",
        "tasklock task set T-1 T-2 --tag backend --tag urgent --clear depends-on",
        "tasklock task set T-1.1 T-1.2 --parent T-1",
    ];

    protected override int Execute(CommandRun run)
    {
        if (!run.Given(_status) && !run.Given(_clear) && !_fields.AnyGiven(run))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"Nothing to change is given. Example: {Examples[0]}");
        var ids = run.Value(_ids)!;
        var edits = ids.Select(id => Edit(run, id)).ToList();
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.Edit(edits, run.Commit(run.Value(_by)), run.Cancellation), ids.Length == 1,
            outcome => $"Task {outcome.Id} {(outcome.Changed ? "changed" : "is so already")}");
    }

    private TaskEdit Edit(CommandRun run, string id)
    {
        var edit = _fields.Edit(run, id) with
        {
            Status = run.Value(_status) is { } word ? Words.Status(word) : null,
            IfVersion = Words.Version(run.Value(_ifVersion)),
            Proof = _proof.Read(run, run.Value(_by), run.Value(_force)),
        };
        return (run.Values(_clear) ?? []).Aggregate(edit, Clear);
    }

    private TaskEdit Clear(TaskEdit edit, string field)
    {
        var (given, cleared) = field.ToLowerInvariant() switch
        {
            "content" => (edit.Content is not null, edit with { Content = "" }),
            "agent" => (edit.Agent is not null, edit with { Agent = "" }),
            "task-file" or "taskfile" => (edit.TaskFile is not null, edit with { TaskFile = "" }),
            "swarm" => (edit.Swarm is not null, edit with { Swarm = "" }),
            "parent" => (edit.Parent is not null, edit with { Parent = "" }),
            "tag" or "tags" => (edit.Tags is not null, edit with { Tags = [] }),
            "depends-on" or "dependencies" => (edit.Dependencies is not null, edit with { Dependencies = [] }),
            "requires" => (edit.Requires is not null, edit with { Requires = [] }),
            "allow" => (edit.AllowedAgents is not null, edit with { AllowedAgents = [] }),
            "file" or "files" => (edit.Files is not null, edit with { Files = [] }),
            "max-attempt" or "maxattempt" => (edit.MaxAttempt is not null, edit with { MaxAttempt = 1 }),
            "retry-delay" or "retrydelay" => (edit.RetryDelay is not null, edit with { RetryDelay = TimeSpan.Zero }),
            "time-limit" or "timelimit" => (edit.TimeLimit is not null, edit with { TimeLimit = TimeSpan.Zero }),
            "not-before" or "notbefore" => (edit.NotBefore is not null, edit with { NotBefore = Moment.Past }),
            "needs-review" or "review" => (edit.NeedsReview is not null, edit with { NeedsReview = false }),
            _ => throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{field}' cannot be cleared. Give {Clearable}. Example: {Examples[2]}"),
        };
        return given
            ? throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{field}' is given a value, or cleared, twice. Example: {Examples[2]}")
            : cleared;
    }
}
