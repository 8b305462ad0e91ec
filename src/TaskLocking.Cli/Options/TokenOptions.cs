using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Options;

/// <summary>Options of the commands for named tokens.</summary>
internal static class TokenOptions
{
    /// <summary>The file that has them; it must be given, for nobody but its owner knows where he keeps it.</summary>
    public static Option<string> File() => new("--tokens")
    {
        Description = "The file of the tokens, which its owner alone may use.",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>Its full path.</summary>
    public static string Full(CommandRun run, Option<string> option) => CurrentFolder.Full(run.Value(option)!);
}
