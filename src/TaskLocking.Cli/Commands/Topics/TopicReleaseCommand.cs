using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>topic release</c>.</summary>
internal sealed class TopicReleaseCommand : TasklockCommand
{
    public const string Verb = "release";

    private readonly Argument<string[]> _numbers = new("NUMBER")
    {
        Description = "Reserved numbers, with or without leading zeros; with neither these nor an age they are listed.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _root = TopicOptions.Root();
    private readonly Option<string> _age = new("--older-than")
    {
        Description = "All that were reserved longer ago: 90m, 4h, 30d.",
        HelpName = "AGE",
    };
    private readonly Option<string> _reserve = TopicOptions.Reserve();
    private readonly Option<string> _remote = TopicOptions.Remote();
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Change nothing: say what would be done." };

    public TopicReleaseCommand()
        : base(Verb, "Lists reserved numbers that no topic ever had, and gives them back.")
    {
        Add(_numbers);
        Add(_root);
        Add(_age);
        Add(_reserve);
        Add(_remote);
        Add(_whatIf);
    }

    public override string Remarks => """
        A number that a folder in any working tree has, or that any commit on any branch ever had, stays reserved; and where that cannot be
        seen (a shallow clone, no git) all do. With --reserve remote its branches are fetched, and reservations there go as well. Nothing
        has to be given back: gaps are fine.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock topic release",
        "tasklock topic release 12",
        "tasklock topic release --older-than 30d --reserve remote",
    ];

    protected override int Execute(CommandRun run)
    {
        var reservations = TopicStore.Open(run.Project, TopicOptions.Root(run, _root)).Release(new TopicReleaseRequest
        {
            Numbers = TopicOptions.Numbers(run.Value(_numbers)!, Examples[1]),
            OlderThan = Duration.Parse(run.Value(_age), Examples[2]),
            Reserve = TopicOptions.Reserve(run, _reserve),
            Remote = run.Value(_remote),
            IsPreview = run.Value(_whatIf),
            Wait = new LockOptions { Timeout = run.Timeout ?? TopicOptions.Wait, OnWait = run.OnWait, OnFreed = run.OnFreed },
        }, run.Cancellation);
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, reservations, single: false, TopicJson.Write));
        }
        else if (reservations.Count == 0)
        {
            StandardOutput.Line("No number is reserved that no topic has.");
        }
        else
        {
            var table = new TextTable("Number", "Name", "By", "Host", "Since", "At", "Released");
            foreach (var each in reservations)
                table.Add(each.Number, each.Name, each.Agent, each.Host, each.Time?.ToString("u") ?? "", each.Remote ?? "here",
                    each.Released ? "yes" : "no");
            SpectreTable.Write(table);
        }
        return 0;
    }
}
