using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>
/// What <c>start</c>, <c>complete</c>, <c>fail</c> and <c>renew</c> share: the tasks, who works on them, and the tokens of the claims.
/// </summary>
/// <param name="pid">How the process is named.</param>
/// <param name="takesClaim">Whether it is the one that a claim shall be judged by, and so must live.</param>
internal sealed class ClaimOptions(Option<string> pid, bool takesClaim = false)
{
    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _agent = LeaseOptions.Agent();
    private readonly Option<string[]> _tokens = new("--token")
    {
        Description =
            "The token of the claim, so that one that was lost is refused (exit code 8); for several tasks once for each, in their order.",
        HelpName = "N",
    };

    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<bool> _force = LeaseOptions.Force();

    public void AddTo(Command command)
    {
        command.Add(_ids);
        command.Add(_agent);
        command.Add(_tokens);
        command.Add(pid);
        command.Add(_type);
        command.Add(_force);
        command.Add(WriteOptions.RequestId);
    }

    /// <summary>One request for each task.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<TRequest> Requests<TRequest>(CommandRun run, string example, Func<NamedClaim, TRequest> make)
        where TRequest : class
    {
        var ids = run.Value(_ids)!;
        var agent = LeaseOptions.NeedAgent(run, _agent, example);
        var tokens = run.Values(_tokens) ?? [];
        if (tokens.Length > 0 && tokens.Length != ids.Length)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{ids.Length} tasks are named and {tokens.Length} tokens given. Give --token once for each task, in their order, or " +
                    $"not at all. Example: {example}");
        }
        var requests = new TRequest[ids.Length];
        var holder = takesClaim
            ? WorkingProcess.Of(agent, run.Value(pid), run.Value(_type))
            : new LeaseHolder(agent) { Type = run.Value(_type), Callers = WorkingProcess.Callers(run.Value(pid)) };
        for (var i = 0; i < ids.Length; i++)
            requests[i] = make(new NamedClaim(ids[i], holder, tokens.Length > 0 ? WholeNumber.Token(tokens[i]) : null, run.Value(_force)));
        return requests;
    }

    /// <summary>Who works on, and by which living process.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public LeaseHolder Holder(CommandRun run, string example) =>
        WorkingProcess.Of(LeaseOptions.NeedAgent(run, _agent, example), run.Value(pid), run.Value(_type));

    /// <summary>The same for a verb that claims the next task besides.</summary>
    public int Answer(CommandRun run, Func<TaskBoard, CommitOptions, CompletionAnswer> verb, Func<TaskOutcome, string> sentence)
    {
        using var board = run.OpenBoard();
        var answer = verb(board, run.Commit(LeaseOptions.FindAgent(run, _agent)));
        UnheardClaims.Expect(run);
        var exitCode = OutcomeReport.Write(run, answer, sentence);
        return UnheardClaims.GiveBack(run, board, answer.Next?.Claimed.Select(outcome => outcome.Task!).ToList() ?? []) ?? exitCode;
    }

    /// <summary>
    /// Runs the verb in the agent's name and answers. A claim that the verb gave is given back where nobody takes the answer.
    /// </summary>
    public int Answer(CommandRun run, Func<TaskBoard, CommitOptions, IReadOnlyList<TaskOutcome>> verb, Func<TaskOutcome, string> sentence)
    {
        using var board = run.OpenBoard();
        var outcomes = verb(board, run.Commit(LeaseOptions.FindAgent(run, _agent)));
        UnheardClaims.Expect(run);
        var exitCode = OutcomeReport.Write(run, outcomes, run.Value(_ids)!.Length == 1, sentence);
        var claimed = outcomes.Where(outcome => outcome is { Changed: true, Task.Claim: not null, Previous.Claim: null })
            .Select(outcome => outcome.Task!)
            .ToList();
        return UnheardClaims.GiveBack(run, board, claimed) ?? exitCode;
    }
}
