using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic check</c>.</summary>
internal sealed class TopicCheckCommand : TasklockCommand
{
    public const string Verb = "check";

    private const int Failed = 6;

    private readonly Option<string> _root = TopicOptions.Root();
    private readonly Option<string[]> _against = TopicOptions.Against();
    private readonly Option<bool> _mergeBase = TopicOptions.MergeBase();

    public TopicCheckCommand()
        : base(Verb, "Audits the topics; changes nothing.")
    {
        Add(_root);
        Add(_against);
        Add(_mergeBase);
    }

    public override string Remarks => """
        Duplicate numbers (63, 063 and 0063 are one), misnamed folders and a held lock are errors and give exit code 6; gaps and dates are
        remarks and give 0. With --against or --merge-base so is a number that two topics would have once the branches are merged; what
        one side renamed or removed since they parted is none. In CI: fetch all of the history, then
        'tasklock topic check --against origin/main'.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic check",
        "tasklock topic check --root specs --json",
        "tasklock topic check --against origin/main",
    ];

    protected override int Execute(CommandRun run)
    {
        var report = TopicStore.Open(run.Project, TopicOptions.Root(run, _root))
            .Check(run.Values(_against) ?? [], run.Value(_mergeBase), run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => TopicJson.Write(writer, report));
        else
            WriteText(report);
        return report.Passed ? 0 : Failed;
    }

    private static void WriteText(TopicReport report) => StandardOutput.Lines(
    [
        .. report.Issues.Select(issue => $"{(issue.IsError ? "error" : "remark"),-7} {issue.Kind}: {issue.Message}"),
        $"{report.SpecsDirectory}: topics: {report.Count}, highest number {report.Highest}, " +
            $"{(report.Passed ? "in order" : "not in order")}",
    ]);
}
