using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary>The events that a command of the hooks is given.</summary>
internal static class HookNames
{
    private static readonly string[] All = [.. Enum.GetValues<HookEventKind>().Select(WorkspaceHooks.NameOf)];

    public static Argument<string[]> Argument(string description) =>
        new("EVENT") { Description = $"{description}: {string.Join(", ", All)}.", Arity = ArgumentArity.ZeroOrMore };

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<HookEventKind> Read(CommandRun run, Argument<string[]> argument) =>
        [.. (run.Value(argument) ?? []).Select(name => WorkspaceHooks.Parse(name) ?? throw new TaskLockingException(
            RefusalCode.InvalidArgument, $"'{name}' is no event of hooks. There are {string.Join(", ", All)}{NearestWord.Hint(name, All)}"))
            .Distinct()];
}
