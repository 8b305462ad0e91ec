using System;
using System.CommandLine;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary>What the topic commands share.</summary>
internal static class TopicOptions
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    /// <summary>What was named, as a full path; null if nothing was.</summary>
    public static string? Root(CommandRun run, Option<string> root) =>
        run.Value(root) is { Length: > 0 } named ? CommandRun.FromHere(named) : null;

    public static Option<string> Root() => new("--root")
    {
        Description = "The folder of all topics, absolute or relative to the current folder. "
            + "Else CLAUDE_SPECS_ROOT, else an existing '.claude/specs' or 'specs', else '.claude/specs' is made.",
        HelpName = "R",
    };
}
