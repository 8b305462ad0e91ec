using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Locking;
using TaskLocking.Topics;

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

    public TopicNewCommand()
        : base(Verb, "Makes numbered topic folders: 001_name, 002_name, …")
    {
        Add(_names);
        Add(_root);
        Add(_reuse);
    }

    public override string Remarks => """
        The next number is the highest and one, in whatever spelling others wrote it (001-x, 01_x, 7. x); dates and years do not count, and
        what may be a number or not is named. Several names are numbered in one go. Letters that have a Latin form are written in it, and
        where none has, the name is 'topic'. Artifact folders are made when first needed.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic new \"Auth flow\" --json",
        "tasklock topic new auth billing search --root specs",
        "tasklock topic new \"Auth flow\" --reuse --json | jq -r .topic_path",
    ];

    protected override int Execute(CommandRun run)
    {
        var names = run.Value(_names)!;
        using var store = TopicStore.Open(run.Project, TopicOptions.Root(run, _root), oneShot: true);
        var wait = new LockOptions { Timeout = run.Timeout ?? TopicOptions.Wait, OnWait = run.OnWait, OnFreed = run.OnFreed };
        var topics = store.Create(names, run.Value(_reuse), wait, run.Cancellation);
        if (run.Json)
            TopicJson.Write(topics, single: names.Length == 1);
        else
            StandardOutput.Paths(topics.Select(topic => topic.Path));
        NoticeReport.Tell(store.TakeNotices(), run.Json);
        return 0;
    }
}
