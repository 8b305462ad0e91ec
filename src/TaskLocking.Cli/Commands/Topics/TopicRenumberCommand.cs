using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic renumber</c>.</summary>
internal sealed class TopicRenumberCommand : TasklockCommand
{
    public const string Verb = "renumber";

    private const int Unmended = 6;

    private readonly Argument<string[]> _numbers = new("NUMBER")
    {
        Description = "The numbers to look at, with or without leading zeros; none: all that several topics have.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _root = TopicOptions.Root();
    private readonly Option<string[]> _against = TopicOptions.Against();
    private readonly Option<bool> _mergeBase = TopicOptions.MergeBase();
    private readonly Option<string> _reserve = TopicOptions.Reserve();
    private readonly Option<string> _remote = TopicOptions.Remote();
    private readonly Option<bool> _strict = TopicOptions.Strict();
    private readonly Option<bool> _noFetch = TopicOptions.NoFetch();
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Change nothing: say what would be done." };

    public TopicRenumberCommand()
        : base(Verb, "Gives the younger of several topics of one number a fresh one.")
    {
        Add(_numbers);
        Add(_root);
        Add(_against);
        Add(_mergeBase);
        Add(_reserve);
        Add(_remote);
        Add(_strict);
        Add(_noFetch);
        Add(_whatIf);
    }

    public override string Remarks => """
        The topic that was committed first keeps the number, whoever asks; one that nobody has committed is the youngest. Folders are
        renamed in their own spelling and keep a line in '.renumbered' that says what they were. Paths to them, in all files that git
        knows or would add, are rewritten; names without a path and '#63' may mean something else and are listed for a person to see to.
        All or nothing: what fails leaves everything as it was. Nothing is staged or committed. Exit code 6: a collision is left that only
        the other branch can mend.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic renumber --what-if",
        "tasklock topic renumber 63",
        "tasklock topic renumber --against origin/main --reserve remote",
    ];

    protected override int Execute(CommandRun run)
    {
        using var store = TopicStore.Open(run.Project, TopicOptions.Root(run, _root), oneShot: true);
        var repair = store.Renumber(new TopicRepairRequest
        {
            Numbers = TopicOptions.Numbers(run.Value(_numbers)!, Examples[1]),
            Against = run.Values(_against) ?? [],
            MergeBase = run.Value(_mergeBase),
            IsPreview = run.Value(_whatIf),
            Numbering = new TopicRequest
            {
                Reserve = TopicOptions.Reserve(run, _reserve),
                Remote = run.Value(_remote),
                IsStrict = run.Value(_strict),
                Fetch = !run.Value(_noFetch),
                Wait = new LockOptions { Timeout = run.Timeout ?? TopicOptions.Wait, OnWait = run.OnWait, OnFreed = run.OnFreed },
            },
        }, run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => TopicJson.Write(writer, repair));
        else
            WriteText(repair);
        NoticeReport.Tell(store.TakeNotices(), run.Json);
        return repair.Issues.Count == 0 ? 0 : Unmended;
    }

    private static void WriteText(TopicRepair repair) => StandardOutput.Lines(
    [
        .. repair.Moves.Select(move => $"{(repair.IsPreview ? "would move" : "moved")} {Path.GetFileName(move.Path)} to "
            + $"{Path.GetFileName(move.NewPath)}: {move.Reason}"),
        .. repair.Mentions.Select(mention => $"{(!mention.Rewritten ? "see to" : repair.IsPreview ? "would rewrite" : "rewrote")} "
            + $"{mention.Path}:{mention.Line}: {mention.Text}"),
        .. repair.Issues.Select(issue => $"left {issue.Kind}: {issue.Message}"),
        repair.Moves.Count > 0 ? $"{repair.SpecsDirectory}: {repair.Moves.Count} "
            + (repair.IsPreview ? "would get another number" : "got another number")
            : $"{repair.SpecsDirectory}: no topic here needs another number",
    ]);
}
