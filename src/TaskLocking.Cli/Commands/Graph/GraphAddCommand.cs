using System.Collections.Generic;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>graph add</c>.</summary>
internal sealed class GraphAddCommand : TasklockCommand
{
    public const string Verb = "add";

    private readonly DependencyOptions _dependencies = new();

    public GraphAddCommand()
        : base(Verb, "Makes a task wait for others.") => _dependencies.AddTo(this);

    public override string Remarks =>
        "They need not exist yet. A circle is refused with exit code 6 and its ids; what is so already is no change.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock graph add T-3 --depends-on T-1",
        "tasklock graph add T-3 --depends-on T-1 T-2 --if-version 12 --json",
    ];

    protected override int Execute(CommandRun run) =>
        _dependencies.Answer(run, (board, edits, commit) => board.AddDependencies(edits, commit, run.Cancellation));
}
