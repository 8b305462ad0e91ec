using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Topics;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic check</c>.</summary>
internal sealed class TopicCheckCommand : TasklockCommand
{
    public const string Verb = "check";

    private const int Failed = 6;

    private readonly Option<string> _root = TopicOptions.Root();

    public TopicCheckCommand()
        : base(Verb, "Audits the topics; changes nothing.") => Add(_root);

    public override string Remarks => """
        Duplicate numbers (63, 063 and 0063 are one), misnamed folders and a held lock are errors and give exit code 6; gaps and dates are
        remarks and give 0.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic check",
        "tasklock topic check --root specs --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var report = TopicStore.Open(run.Project, TopicOptions.Root(run, _root)).Check();
        if (run.Json)
            WriteJson(report);
        else
            WriteText(report);
        return report.Passed ? 0 : Failed;
    }

    private static void WriteText(TopicReport report) => StandardOutput.Lines(
    [
        .. report.Issues.Select(issue => $"{(issue.IsError ? "error" : "remark"),-7} {issue.Kind}: {issue.Message}"),
        $"{report.SpecsDirectory}: topics: {report.Count}, highest number {report.Highest}, {(report.Passed ? "in order" : "not in order")}",
    ]);

    private static void WriteJson(TopicReport report) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("specs_dir", report.SpecsDirectory);
        writer.WriteNumber("count", report.Count);
        writer.WriteNumber("highest", report.Highest);
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteStartArray("issues");
        foreach (var issue in report.Issues)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", issue.Kind);
            writer.WriteString("subject", issue.Subject);
            writer.WriteString("message", issue.Message);
            writer.WriteBoolean("is_error", issue.IsError);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
