using System.Collections.Generic;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>graph remove</c>.</summary>
internal sealed class GraphRemoveCommand : TasklockCommand
{
    public const string Verb = "remove";

    private readonly DependencyOptions _dependencies = new();

    public GraphRemoveCommand()
        : base(Verb, "Makes a task wait for others no longer.") => _dependencies.AddTo(this);

    public override string Remarks => "A dependency that is not there is no change. A task that only their failure blocked waits again.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock graph remove T-3 --depends-on T-1",
        "tasklock graph remove T-3 --depends-on T-1 T-2 --json",
    ];

    protected override int Execute(CommandRun run) =>
        _dependencies.Answer(run, (board, edits, commit) => board.RemoveDependencies(edits, commit, run.Cancellation));
}
