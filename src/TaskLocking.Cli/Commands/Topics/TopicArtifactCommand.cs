using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic artifact</c>.</summary>
internal sealed class TopicArtifactCommand : TasklockCommand
{
    public const string Verb = "artifact";

    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the topic, with or without leading zeros." };
    private readonly Argument<string> _kind = new("KIND") { Description = "reports, plans, summaries, debug, scripts or outputs." };
    private readonly Option<string> _root = TopicOptions.Root();

    public TopicArtifactCommand()
        : base(Verb, "Makes the artifact folder of a topic if it is not there and prints its path.")
    {
        Add(_number);
        Add(_kind);
        Add(_root);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic artifact 7 reports",
        "cp result.md \"$(tasklock topic artifact 007 outputs)\"",
    ];

    protected override int Execute(CommandRun run)
    {
        var text = run.Value(_number)!;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{text}' is no number of a topic. Example: {Examples[0]}");
        var path = TopicStore.Open(run.Project, TopicOptions.Root(run, _root)).EnsureArtifact(number, run.Value(_kind)!);
        if (!run.Json)
        {
            StandardOutput.Paths([path]);
            return 0;
        }
        StandardOutput.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("topic_number", number.ToString("000", CultureInfo.InvariantCulture));
            writer.WriteString("kind", run.Value(_kind)!.ToLowerInvariant());
            writer.WriteString("path", path);
            writer.WriteEndObject();
        });
        return 0;
    }
}
