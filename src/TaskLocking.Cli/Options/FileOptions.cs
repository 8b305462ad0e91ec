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

    public static Option<bool> Shared() => new("--shared") { Description = "Others may share them too; nobody may have them for himself." };
}
