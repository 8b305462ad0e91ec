using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>lock</c>.</summary>
internal sealed class LockCommand : TasklockCommand
{
    public const string Verb = "lock";

    private const int LongestDoing = 200;

    // All words end up here, for what stands after "--" is an argument as well; the last of them are the command.
    private readonly Argument<string[]> _ids = new("ID") { Description = "The tasks to hold.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After '--': what to run while they are held, with its arguments.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _resources = new("--resource")
    {
        Description = "A resource to hold, and how many may at once (1 to 100); without a number nobody else. May come several times.",
        HelpName = "NAME[=N]",
    };

    private readonly Option<string> _agent = new("--agent") { Description = "The name that those who wait are told.", HelpName = "A" };

    public LockCommand()
        : base(Verb, "Runs a command while holding tasks, whose changes by others wait, and places at resources.")
    {
        Add(_ids);
        Add(_command);
        Add(_resources);
        Add(_agent);
    }

    public override string Remarks => """
        A resource is nothing but a name that all agree on, such as gpu or port-8080. Everybody's limit holds for as long as he is in: where
        callers name different ones, the smallest of those who are in and of who asks counts. All is taken or nothing, tasks first and both
        by name, so that nobody waits for one who waits for him; 'tasklock resource list' tells who holds what.
        All is freed when the command ends, whatever it leaves running. Should this process be killed, the command keeps it, with
        everything that it started (on Unix by open files, numbered from 100): until the last of these has ended, so a daemon that is left
        behind keeps it too.
        The exit code is that of the command (128 and its number for a signal, 127 not found, 126 not executable), or of the refusal.
        'tasklock' inside the command is let through (TASKLOCKING_SESSION) and uses the same workspace (TASKLOCKING_WORKSPACE).
        Signals are passed on to the command: INT, QUIT, TERM, HUP, TSTP, CONT, USR1, USR2; before it starts the first four end the wait.
        It gets words, variables and signals as they were given to this process. If somebody takes the lock file away meanwhile
        (git clean -fdx), that is told.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock lock T-1 --agent builder-1 -- make test",
        "tasklock lock T-1 T-2 --timeout 60 -- sh -c 'tasklock task set T-1 --status done && tasklock task set T-2 --status todo'",
        "tasklock lock --resource gpu=2 --resource port-8080 -- ./train.sh",
        "tasklock lock T-1 --timeout 0 -- true || echo 'somebody works on T-1'",
    ];

    protected override int Execute(CommandRun run)
    {
        var words = run.Value(_ids) ?? [];
        var commandLength = run.WordsAfterDashes();
        var resources = (run.Values(_resources) ?? []).Select(ResourceWord.Parse).ToList();
        if (commandLength == 0 || (commandLength == words.Length && resources.Count == 0))
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Name the tasks or resources, then '--', then the command to run. Example: {Examples[0]}");
        }
        var (ids, command) = (words[..^commandLength], words[^commandLength..]);
        var child = new ChildCommand(command, RawText.LastArguments(commandLength));
        var session = LockSession.ForProcess();
        using var board = run.OpenBoard(session);
        using var signals = new SignalRelay();
        try
        {
            using var hold = resources.Count == 0 ? board.Hold(ids, Holding(run, command), signals.BeforeStart)
                : board.HoldResources(resources, ids, Holding(run, command), signals.BeforeStart);
            if (run.Verbose)
            {
                Output.StandardError.Line($"waited {hold.Waited.TotalMilliseconds:0.000} ms for "
                    + string.Join(", ", hold.Ids.Concat(hold.Resources.Select(resource => resource.ToString()))));
            }
            run.TellNotices();
            return child.Run(signals, hold, session, board.Address ?? board.Workspace, run.Failure);
        }
        catch (OperationCanceledException)
        {
            return run.Failure.TellCancelled(signals.ExitCode);
        }
    }

    private HoldOptions Holding(CommandRun run, string[] command)
    {
        var doing = string.Join(' ', command).ReplaceLineEndings(" ");
        return new HoldOptions
        {
            Timeout = run.Timeout,
            Agent = run.Value(_agent),
            Doing = doing.Length > LongestDoing ? doing[..LongestDoing] + "…" : doing,
            OnWait = run.OnWait,
        };
    }
}
