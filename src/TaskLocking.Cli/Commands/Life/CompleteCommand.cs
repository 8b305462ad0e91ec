using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Model;

namespace TaskLocking.Cli.Commands;

/// <summary><c>complete</c>.</summary>
internal sealed class CompleteCommand : TasklockCommand
{
    public const string Verb = "complete";

    private readonly ClaimOptions _claim = new(LeaseOptions.Worker());
    private readonly Option<bool> _forReview =
        new("--for-review") { Description = "A person shall look at it first, although the task does not ask for that." };

    private readonly Option<string> _result = new("--result")
    {
        Description = "What the work came to, as a note on the tasks; '-' for standard input.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _andNext = new("--next")
    {
        Description = "Claim the next task in the same commit, as 'next' would; --pid then names the process that shall work on it.",
    };

    private readonly NextOptions _next = new("With --next: begin the work on it in the same commit.");

    public CompleteCommand()
        : base(Verb, "Ends work on tasks: Done, or Review where a person has to approve.")
    {
        _claim.AddTo(this);
        Add(_forReview);
        Add(_result);
        Add(_andNext);
        _next.AddTo(this);
    }

    public override string Remarks => """
        Frees the claim and its files. A person approves a task in Review by completing it with --type human: one whom the board knows as a
        person ('tasklock agent add anna --type human'), and not under the name of who did the work. What needs a review, or was sent there,
        comes to Done in no other way.
        --result hands over what came of it: 'task get' and 'task history' show that with the notes of the task.
        With --next the agent gets its next task in the same commit, which may be one that waited for this; --start begins it, too. In JSON
        that is an object with 'completed' (an array) and 'next' (the task with its claim, or null). Where a task is refused, nothing is
        claimed. The other options of 'next' say which task and how; with --wait or --until-empty the next one is waited for, and a signal
        ends the wait with 128 and its number: what was completed stays so, and is told.
        Exit code 8: the claim was lost, the sentence tells who has the task now; 7: somebody else's, or another process's that works under
        the same name (give --token, or --force); 6: it was not started.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock complete T-1 --agent builder-1",
        "tasklock complete T-1 --agent builder-1 --token 12 --for-review --json",
        "tasklock complete T-1 --agent builder-1 --result \"Parser in src/feed.cs, 40 tests\"",
        "tasklock complete T-1 --agent anna --type human",
        "tasklock complete T-1 --agent builder-1 --token 12 --pid $$ --next --start --json | jq -r .next.id",
        "tasklock complete T-1 --agent builder-1 --token 12 --pid $$ --next --start --until-empty --json | jq -r .next.id",
    ];

    protected override int Execute(CommandRun run)
    {
        var forReview = run.Value(_forReview);
        var result = run.Value(_result) is { } text ? TaskNoteCommand.Text(run, text) : null;
        var requests = _claim.Requests(run, Examples[0], claim => new CompleteRequest(claim.Id, claim.Agent)
        {
            Type = claim.Type ?? "agent",
            Token = claim.Token,
            Callers = claim.Callers,
            Force = claim.Force,
            ForReview = forReview,
            Result = result,
        });
        if (run.Value(_andNext))
        {
            var next = _next.Read(run, _claim.Holder(run, Examples[0]));
            if (_next.ReadWait(run) is { } wait)
                return CompleteAndWait(run, requests, next, wait);
            return _claim.Answer(run, (board, commit) => board.CompleteAndRequest(requests, next, commit, run.Cancellation),
                LifeText.Completed);
        }
        _next.RefuseAny(run, Examples[^1]);
        return _claim.Answer(run, (board, commit) => board.Complete(requests, commit, run.Cancellation), LifeText.Completed);
    }

    // What has ended has ended, and is told also where a signal ends the wait.
    private int CompleteAndWait(CommandRun run, IReadOnlyList<CompleteRequest> requests, TaskRequest next, RequestWait wait)
    {
        var stopped = 0;
        var exitCode = _claim.Answer(run, (board, commit) =>
        {
            using var signals = new SignalRelay();
            var answer = board.CompleteAndRequestWhenFree(requests, next, wait, commit, signals.BeforeStart);
            if (answer.Next is { Task: null } && signals.BeforeStart.IsCancellationRequested)
                stopped = signals.ExitCode;
            return answer;
        }, LifeText.Completed);
        return exitCode == 0 ? stopped : exitCode;
    }
}
