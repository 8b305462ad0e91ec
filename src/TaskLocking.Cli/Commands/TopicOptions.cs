using System;
using System.CommandLine;

namespace TaskLocking.Cli.Commands;

/// <summary>What the topic commands share.</summary>
internal static class TopicOptions
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    public static Option<string> Root() => new("--root")
    {
        Description = "The folder of all topics, absolute or below the workspace. "
            + "Else CLAUDE_SPECS_ROOT, else an existing '.claude/specs' or 'specs', else '.claude/specs' is made.",
        HelpName = "R",
    };
}
