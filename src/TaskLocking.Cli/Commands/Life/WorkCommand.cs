using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>work</c>.</summary>
internal sealed class WorkCommand : TasklockCommand
{
    public const string Verb = "work";

    private readonly WorkOptions _options = new();
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After '--': what to run for each task, with its arguments.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _prefix = new("--prefix") { Description = "Each line of the commands begins with the id of its task." };
    private readonly Option<bool> _stdin = new("--stdin")
    {
        Description = "The command gets its task as JSON on standard input, which is empty else.",
    };

    public WorkCommand()
        : base(Verb, "Takes tasks one after the other, runs a command for each, and completes or fails it by the exit code.")
    {
        Add(_command);
        _options.AddTo(this);
        Add(_prefix);
        Add(_stdin);
    }

    public override string Remarks => """
        Each task is claimed and begun in one commit, and the command is run with TASKLOCKING_TASK (the id), TASKLOCKING_TOKEN,
        TASKLOCKING_AGENT and TASKLOCKING_WORKSPACE in its environment. Exit code 0 completes the task; any other fails it, with the last
        lines that the command wrote (taskLocking.failure in JSON), and it is tried again or fails for good, as it was defined.
        The claim is renewed while the command runs. When it is lost, and shortly before the task's time limit (--time-limit of 'task
        new'), the command is asked to end (SIGTERM; Ctrl+Break on Windows) and after --stop-time killed; by the limit it has ended. What
        it left running ends with it (on Unix its process group: what shall live on begins a session, setsid). So it does if this process
        is killed; the task is then free at the next request. Ctrl+C, TERM and HUP ask the commands to end and give their tasks back; once
        more kills them at once.
        Between tasks it waits for changes of the board. What it does is told on standard error; with --json as a line each on standard
        output, and what the commands write goes to standard error then.
        Exit code 0: all that was taken is done, or in review; with --until-empty: all tasks are. 6: some failed, were lost, or cannot be
        done as things stand. 126, 127: the command cannot be run; its task was given back. 128 and its number for a signal.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock work --agent builder-1 --until-empty -- sh -c './build.sh \"$TASKLOCKING_TASK\"'",
        "tasklock work --agent builder-1 --swarm nightly --parallel 4 --prefix --until-empty -- ./job.sh",
        "tasklock work --agent builder-1 --once --idle-timeout 0 --stdin -- ./agent.py",
    ];

    protected override int Execute(CommandRun run)
    {
        var words = run.Value(_command)!;
        var count = run.WordsAfterDashes();
        if (count != words.Length)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Give the options, then '--', then the command to run. Example: {Examples[0]}");
        var request = _options.Read(run, Examples[0]);
        var crew = new WorkCrew(run, words, RawText.LastArguments(count))
        {
            Size = _options.Parallel(run),
            HasPrefix = run.Value(_prefix),
            HasInput = run.Value(_stdin),
        };
        return crew.Run(request);
    }
}
