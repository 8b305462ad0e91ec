using System.CommandLine;

namespace TaskLocking.Cli.Commands;

/// <summary>What the <c>file</c> commands share.</summary>
internal static class FileOptions
{
    public static Argument<string[]> Paths(ArgumentArity arity) => new("PATH")
    {
        Description = "Paths and patterns ('*', '**', '?'), relative to the workspace or absolute.",
        Arity = arity,
    };

    public static Option<bool> Shared() => new("--shared") { Description = "Others may share them too; nobody may have them for himself." };
}
