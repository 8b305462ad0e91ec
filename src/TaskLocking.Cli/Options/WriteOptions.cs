using System.CommandLine;

namespace TaskLocking.Cli.Options;

/// <summary>Options of several commands that write.</summary>
internal static class WriteOptions
{
    public static Option<string> By() =>
        new("--by") { Description = "Who makes the change, for the history. Default: user@host.", HelpName = "WHO" };

    public static Option<string> RequestId { get; } = new("--request-id")
    {
        Description = "A name of this request that nobody else uses, 1 to 100 characters: sent again under it, it changes nothing and is "
            + "answered as it was. The board remembers the last 1000, for 24 hours.",
        HelpName = "ID",
    };

    public static Option<string> IfVersion() => new("--if-version")
    {
        Description = "Only if the task still has this version, which 'task get' shows (taskLocking.version in JSON); else exit code 8.",
        HelpName = "V",
    };
}
