using System;
using System.CommandLine;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Options;

/// <summary>What the <c>file</c> commands share.</summary>
internal static class FileOptions
{
    public static Argument<string[]> Paths(ArgumentArity arity) => new("PATH")
    {
        Description = "Paths and patterns ('*', '**', '?', '[ab]', '{a,b}'), relative to the current folder or absolute.",
        Arity = arity,
    };

    public static Option<bool> Literal() =>
        new("--literal") { Description = "Each PATH is the name of one file or folder, whatever letters it has." };

    /// <summary>What was named, as a request takes it.</summary>
    public static string[] Read(CommandRun run, Argument<string[]> paths, Option<bool> literal) =>
        Array.ConvertAll(run.Value(paths) ?? [], path => CommandRun.FromHere(run.Value(literal) ? CallerPath.Literal(path) : path));

    /// <summary>In how many working trees a path is meant.</summary>
    public static FileLeaseScope Scope(CommandRun run, Option<string> scope) => run.Value(scope)?.ToLowerInvariant() switch
    {
        null or "repository" => FileLeaseScope.Repository,
        "worktree" => FileLeaseScope.Worktree,
        _ => throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{run.Value(scope)}' is no scope. Give repository or worktree, for example --scope worktree."),
    };

    public static Option<string> Scope() => new("--scope")
    {
        Description = "What a path means: 'repository', the file in every working tree of git, as when left out; 'worktree', the file of "
            + "its own tree alone.",
        HelpName = "repository|worktree",
    };

    public static Option<bool> Shared() => new("--shared") { Description = "Others may share them too; nobody may have them for himself." };
}
