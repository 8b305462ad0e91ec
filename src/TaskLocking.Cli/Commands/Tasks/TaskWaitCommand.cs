using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task wait</c>.</summary>
internal sealed class TaskWaitCommand : TasklockCommand
{
    public const string Verb = "wait";

    private readonly Argument<string[]> _ids = new("ID") { Description = "The tasks.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _for = new("--for")
    {
        Description = "To what they shall have come; may come several times: any of these. Default: done.",
        HelpName = "S",
    };

    private readonly Option<bool> _any = new("--any") { Description = "The first that has come there is enough." };

    public TaskWaitCommand()
        : base(Verb, "Waits until tasks have come to a status, or will not as things stand; takes no lock.")
    {
        Add(_ids);
        Add(_for);
        Add(_any);
    }

    public override string Remarks => """
        It waits for changes of the board, as long as it takes, or at most --timeout seconds. A task that ended otherwise (Failed,
        Cancelled, Done) or is Blocked is waited for no longer: nobody but a person brings it back.
        Exit code 0: all have come there; 5: the time is over; 6: one will not; 4: one is not there, or was removed; 128 and its number
        for a signal.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task wait T-1",
        "tasklock task wait T-1 T-2 --for done --for review --timeout 600 && ./deploy.sh",
        "tasklock task wait T-1 --for in-progress --timeout 0 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = run.Value(_ids)!;
        var wait = new TaskWait(ids) { Any = run.Value(_any), AtMost = run.Timeout ?? Timeout.InfiniteTimeSpan };
        if (run.Values(_for) is { Length: > 0 } statuses)
            wait = wait with { For = Array.ConvertAll(statuses, Words.Status) };
        using var board = run.OpenBoard();
        using var signals = new SignalRelay();
        IReadOnlyList<TaskOutcome> outcomes;
        try
        {
            outcomes = board.WaitFor(wait, signals.BeforeStart);
        }
        catch (OperationCanceledException)
        {
            return run.Failure.TellCancelled(signals.ExitCode);
        }
        if (wait.Any && outcomes.Any(outcome => outcome.Refusal is null))
            outcomes = outcomes.Where(outcome => outcome.Refusal is null).ToList();
        return OutcomeReport.Write(run, outcomes, ids.Length == 1, outcome => $"Task {outcome.Id} is {outcome.Task!.StatusText}");
    }
}
