using System.CommandLine;

namespace TaskLocking.Cli.Options;

/// <summary>What every command understands.</summary>
internal static class GlobalOptions
{
    public const string JsonName = "--json";
    public const string VerboseName = "--verbose";

    public static Option<string> Workspace { get; } = new("--workspace", "-w")
    {
        Description =
            "The folder that has, or shall have, '.todo2', or postgres://user@host/database/board. Else TASKLOCKING_WORKSPACE, else the " +
                "nearest folder upward with '.todo2', else here.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new(JsonName)
    {
        Description = "One JSON document on standard output; a refusal is one JSON object on standard error.",
        Recursive = true,
    };

    public static Option<string> Timeout { get; } = new("--timeout")
    {
        Description = "The longest wait for locks, and for the server of a board in a database, in seconds. 0 tries once; "
            + "a negative number, 'none' or 'infinite' waits for ever. Default: 5, and 10 for several tasks or topics.",
        HelpName = "S",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new(VerboseName)
    {
        Description = "Tells waits and holds on standard error, and the place of an unexpected fault.",
        Recursive = true,
    };
}
