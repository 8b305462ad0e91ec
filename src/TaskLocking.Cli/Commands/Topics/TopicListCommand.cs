using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

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
        var store = TopicStore.Open(run.Project, TopicOptions.Root(run, _root));
        var topics = store.List();
        NoticeReport.Tell(store.TakeNotices(), run.Json);
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, topics, single: false, TopicJson.Write));
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
