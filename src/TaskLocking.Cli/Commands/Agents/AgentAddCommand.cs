using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>agent add</c>.</summary>
internal sealed class AgentAddCommand : TasklockCommand
{
    public const string Verb = "add";

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The agents; several get the same settings.",
        Arity = ArgumentArity.OneOrMore
    };
    private readonly Option<string> _type = new("--type") { Description = "agent (the default), human or host.", HelpName = "TYPE" };
    private readonly Option<string> _host = new("--host") { Description = "The machine that it works on.", HelpName = "H" };
    private readonly Option<string[]> _capabilities = new("--capability")
    {
        Description = "What it can do; may come several times.",
        HelpName = "C"
    };
    private readonly Option<string> _maxTasks = new("--max-tasks")
    {
        Description = "How many open tasks it has at once, 1 to 1000. Default: 5.",
        HelpName = "N",
    };
    private readonly Option<string> _by = WriteOptions.By();

    public AgentAddCommand()
        : base(Verb, "Registers agents, or changes their registration.")
    {
        Add(_names);
        Add(_type);
        Add(_host);
        Add(_capabilities);
        Add(_maxTasks);
        Add(_by);
    }

    public override string Remarks => """
        Nobody has to be registered to work; who is has a limit, capabilities that need not be named each time, and gets tasks of the
        nightly run. The registration is given whole: what is left out has its default again. A person (--type human) and an agent of one
        name are two.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock agent add builder-1",
        "tasklock agent add builder-1 builder-2 --capability dotnet --capability docker --max-tasks 2 --host build-07 --json",
        "tasklock agent add anna --type human",
    ];

    protected override int Execute(CommandRun run)
    {
        var most = WholeNumber.Parse(run.Value(_maxTasks), "--max-tasks 5") ?? AgentProfile.DefaultMaxTasks;
        var agents = Array.ConvertAll(run.Value(_names)!, name =>
            new AgentProfile(name, run.Value(_type) ?? "agent", run.Value(_host), run.Values(_capabilities), most));
        using var board = run.OpenBoard();
        return AgentReport.Write(run, board.RegisterAgents(agents, run.Commit(run.Value(_by)), run.Cancellation), agents.Length == 1,
            "registered");
    }
}
