using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Topics;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic list</c>.</summary>
internal sealed class TopicListCommand : TasklockCommand
{
    public const string Verb = "list";

    private readonly Option<string> _root = TopicOptions.Root();

    public TopicListCommand()
        : base(Verb, "Lists the topics by number; takes no lock.") => Add(_root);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic list",
        "tasklock topic list --root specs --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var topics = TopicStore.Open(run.Project, TopicOptions.Root(run, _root)).List();
        if (run.Json)
        {
            TopicJson.Write(topics, single: false);
        }
        else if (topics.Count == 0)
        {
            StandardOutput.Line("No topics.");
        }
        else
        {
            var table = new TextTable("Number", "Name", "Path");
            foreach (var topic in topics)
                table.Add(topic.Number, topic.Name, topic.Path);
            SpectreTable.Write(table);
        }
        return 0;
    }
}
