using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Options;

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

    /// <summary>How far numbers are to be made sure of.</summary>
    public static TopicReserve Reserve(CommandRun run, Option<string> reserve) => run.Value(reserve)?.ToLowerInvariant() switch
    {
        null or "local" => TopicReserve.Local,
        "remote" => TopicReserve.Remote,
        _ => throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{run.Value(reserve)}' is no way to reserve. Give local or remote, for example --reserve remote."),
    };

    public static Option<string> Reserve() => new("--reserve")
    {
        Description = "How far a number is made sure of: 'local', in all working trees and branches of this repository; 'remote', at a "
            + "remote as well, for all clones that ask there.",
        HelpName = "local|remote",
    };

    public static Option<string> Remote() => new("--remote")
    {
        Description = "The remote to reserve at. Else the only one, checkout.defaultRemote, or 'origin'.",
        HelpName = "NAME",
    };

    public static Option<string[]> Against() => new("--against")
    {
        Description = "A branch or commit with which this one will be merged; may come several times.",
        HelpName = "REF",
    };

    public static Option<bool> MergeBase() => new("--merge-base")
    {
        Description = "The branch that this one goes into: what the remote calls its own, else main or master.",
    };

    /// <summary>The numbers of topics that were given.</summary>
    public static int[] Numbers(IEnumerable<string> texts, string example) => [.. texts.Select(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{text}' is no number of a topic. Example: {example}"))];

    public static Option<bool> NoFetch() => new("--no-fetch")
    {
        Description = "Do not fetch the remote's branches before a number is reserved there (which takes 10 s at most).",
    };

    public static Option<bool> Strict() => new("--strict")
    {
        Description = "Refuse (exit code 10) where less is known than was asked for, instead of a warning and scope 'local'.",
    };
}
