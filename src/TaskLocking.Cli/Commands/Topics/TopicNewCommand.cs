using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic new</c>.</summary>
internal sealed class TopicNewCommand : TasklockCommand
{
    public const string Verb = "new";

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "What the topics are about, in free words; becomes lower case with '_', at most 50 characters.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _root = TopicOptions.Root();
    private readonly Option<bool> _reuse = new("--reuse") { Description = "Give the topic of exactly that name if there is one." };
    private readonly Option<string> _reserve = TopicOptions.Reserve();
    private readonly Option<string> _remote = TopicOptions.Remote();
    private readonly Option<bool> _strict = TopicOptions.Strict();
    private readonly Option<bool> _noFetch = TopicOptions.NoFetch();

    public TopicNewCommand()
        : base(Verb, "Makes numbered topic folders: 001_name, 002_name, …")
    {
        Add(_names);
        Add(_root);
        Add(_reuse);
        Add(_reserve);
        Add(_remote);
        Add(_strict);
        Add(_noFetch);
    }

    public override string Remarks => """
        The next number is the highest and one, in whatever spelling others wrote it (001-x, 01_x, 7. x); dates and years do not count, and
        what may be a number or not is named. Several names are numbered in one go. Letters that have a Latin form are written in it, and
        where none has, the name is 'topic'. Artifact folders are made when first needed.

        In a repository of git the next number is above all that any of its working trees has, that any branch ever had and that is
        reserved, and it is reserved (refs/tasklock/topics/…), so that no working tree gets it again. The folders get a '.gitkeep', for git
        carries no empty ones. Two clones know nothing of each other: '--reserve remote' has them meet at a remote. With --json, "scope"
        says among whom the number is the only one: "repository", "remote", or "local" with a warning where less is known.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic new \"Auth flow\" --json",
        "tasklock topic new auth billing search --root specs",
        "tasklock topic new \"Auth flow\" --reuse --json | jq -r .topic_path",
        "tasklock topic new \"Auth flow\" --reserve remote --strict",
    ];

    protected override int Execute(CommandRun run)
    {
        var names = run.Value(_names)!;
        using var store = TopicStore.Open(run.Project, TopicOptions.Root(run, _root), oneShot: true);
        var wait = new LockOptions { Timeout = run.Timeout ?? TopicOptions.Wait, OnWait = run.OnWait, OnFreed = run.OnFreed };
        var request = new TopicRequest
        {
            Reuse = run.Value(_reuse),
            Reserve = TopicOptions.Reserve(run, _reserve),
            Remote = run.Value(_remote),
            IsStrict = run.Value(_strict),
            Fetch = !run.Value(_noFetch),
            Wait = wait,
        };
        var topics = store.Create(names, request, run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, topics, names.Length == 1, TopicJson.Write));
        else
            StandardOutput.Paths(topics.Select(topic => topic.Path));
        NoticeReport.Tell(store.TakeNotices(), run.Json);
        return 0;
    }
}
