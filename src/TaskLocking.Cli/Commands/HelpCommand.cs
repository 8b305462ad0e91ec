using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>help</c>.</summary>
internal sealed class HelpCommand : TasklockCommand
{
    public const string Verb = "help";

    private readonly Argument<string[]> _words = new("COMMAND")
    {
        Description = "The command, such as 'task new'; none: all of them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public HelpCommand()
        : base(Verb, "Tells what a command does; the same as --help behind it.") => Add(_words);

    public override IReadOnlyList<string> Examples { get; } = ["tasklock help task new", "tasklock help"];

    protected override int Execute(CommandRun run)
    {
        var words = run.Value(_words) ?? [];
        Command command = CommandTree.Whole();
        foreach (var word in words)
        {
            var below = command.Subcommands.Where(each => !each.Hidden).ToList();
            command = below.Find(each => each.Name == word) ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
                ArgumentFault.NoCommand(word, command) + $" Example: {Examples[0]}");
        }
        return Application.Answer(CommandTree.Whole().Parse([.. words, "--help"]));
    }
}
