using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>lock</c>.</summary>
internal sealed class LockCommand : TasklockCommand
{
    public const string Verb = "lock";

    private const int LongestDoing = 200;

    // All words end up here, for what stands after "--" is an argument as well; the last of them are the command.
    private readonly Argument<string[]> _ids = new("ID") { Description = "The tasks to hold.", Arity = ArgumentArity.OneOrMore };
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After '--': what to run while they are held, with its arguments.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _agent = new("--agent") { Description = "The name that those who wait are told.", HelpName = "A" };

    public LockCommand()
        : base(Verb, "Runs a command while holding tasks: changes by others wait.")
    {
        Add(_ids);
        Add(_command);
        Add(_agent);
    }

    public override string Remarks => """
        The tasks are freed when the command ends, whatever it leaves running. Should this process be killed, the command keeps them, with
        everything that it started (on Unix by open files, numbered from 100): until the last of these has ended, so a daemon that is left
        behind keeps them too.
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
        "tasklock lock T-1 --timeout 0 -- true || echo 'somebody works on T-1'",
    ];

    protected override int Execute(CommandRun run)
    {
        var words = run.Value(_ids)!;
        var commandLength = run.WordsAfterDashes();
        if (commandLength == 0 || commandLength == words.Length)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Name the tasks, then '--', then the command to run. Example: {Examples[0]}");
        }
        var (ids, command) = (words[..^commandLength], words[^commandLength..]);
        var child = new ChildCommand(command, RawText.LastArguments(commandLength));
        var session = LockSession.ForProcess();
        using var board = run.OpenBoard(session);
        using var signals = new SignalRelay();
        try
        {
            using var hold = board.Hold(ids, Holding(run, command), signals.BeforeStart);
            if (run.Verbose)
                Output.StandardError.Line($"waited {hold.Waited.TotalMilliseconds:0.000} ms for {string.Join(", ", hold.Ids)}");
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
