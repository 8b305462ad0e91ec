using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task new</c>.</summary>
internal sealed class TaskNewCommand : TasklockCommand
{
    public const string Verb = "new";

    private readonly Argument<string?> _id = new("ID") { Description = "The identity of the new task.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _from = new("--from")
    {
        Description = "Define tasks in bulk, in one commit, from a file or '-' for standard input: "
            + $"JSON lines, or a JSON array, of objects with {DefinitionReader.Fields}.",
        HelpName = "FILE",
    };
    private readonly TaskFieldOptions _fields = new();
    private readonly Option<string> _by = WriteOptions.By();

    public TaskNewCommand()
        : base(Verb, "Defines a task, or many from a file in one commit.")
    {
        Add(_id);
        Add(_from);
        _fields.AddTo(this);
        Add(_by);
        Add(WriteOptions.RequestId);
    }

    public override string Remarks => """
        Of several processes that define one id exactly one succeeds; the others exit with 3.
        With --from each refused task is told; the others are defined. Its files are relative to the current folder, as --file is.
        A dependency that is no task is told on standard error, once: the task is not ready before one of that id is defined and done.
        A parent has to be there, or in the same file, in any order; it is not given out before its children are closed, and is Done when
        the last one is. Below one that is Done or Cancelled nothing is defined, nor more than 16 levels deep.
        A new id can be seen whole and looks like no other: beside T-1 neither t-1 nor T\u20111 is defined.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task new T-1 --name \"Fix the login\" --priority high --tag backend",
        "tasklock task new T-2 --name \"Test the login\" --depends-on T-1 --swarm nightly --requires dotnet",
        "tasklock task new T-5 --file 'src/**' --max-attempt 3 --retry-delay 1m --time-limit 2h --not-before +30m --needs-review",
        "printf '{\"id\":\"T-3\"}\\n{\"id\":\"T-4\",\"name\":\"Clean up\"}\\n' | tasklock task new --from - --json",
        "tasklock task new T-1.1 --parent T-1 --name \"Fix the form\"",
    ];

    protected override int Execute(CommandRun run)
    {
        var id = run.Value(_id);
        var from = run.Value(_from);
        if (id is null == from is null)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Name one new task, or a file with --from. Example: {Examples[from is null ? 0 : 3]}");
        if (from is not null && _fields.AnyGiven(run))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"With --from the fields stand in the file. Example: {Examples[3]}");
        var definitions = from is null ? [_fields.Definition(run, id!)]
            : DefinitionReader.Read(InputFile.Read(from, run.Timeout).Span, CommandRun.FromHere);
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.Define(definitions, run.Commit(run.Value(_by)), run.Cancellation), from is null,
            outcome => $"Task {outcome.Id} defined");
    }
}
