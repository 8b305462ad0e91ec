using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Input;

namespace TaskLocking.Cli;

/// <summary>What is wrong with the arguments, as a sentence with an example that is right.</summary>
internal static class ArgumentFault
{
    /// <summary>Null when nothing is wrong.</summary>
    public static string? Find(ParseResult parsed)
    {
        if (parsed.Action is Output.HelpWithExamples)
            return null;
        var command = parsed.CommandResult.Command;
        if (Stray(parsed) is { } stray)
            return $"'{command.Name}' has no option '{stray}'. {Hint(command)} A value that begins with '-' goes after '--'.";
        if (parsed.Errors.Count == 0)
            return null;
        // A word that was not understood says more than that something is missing because of it.
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var sentence = unknown is null ? parsed.Errors[0].Message
            : command.Subcommands.Count > 0
                ? $"'{unknown}' is no command; there are {string.Join(", ", command.Subcommands.Select(each => each.Name))}."
            : $"'{command.Name}' does not take '{unknown}'.";
        return $"{sentence} {Hint(command)}";
    }

    /// <summary>
    /// The same about what has no name in .NET any more: a task, a file, a workspace of other bytes would be taken in its place.
    /// </summary>
    /// <param name="parsed">What the arguments mean.</param>
    /// <param name="args">The arguments.</param>
    public static string? NotUtf8(ParseResult parsed, string[] args)
    {
        // What 'lock' runs gets its words as they are.
        var own = parsed.CommandResult.Command is LockCommand ? args.Length - WordsAfterDashes(parsed) : args.Length;
        return RawText.FirstFault(args, own) is { } word
            ? EnvironmentText.NotUtf8("An argument", word).Message
            : null;
    }

    /// <summary>The first examples of a command, or of those below it.</summary>
    public static IEnumerable<string> Examples(Command command) =>
        command is TasklockCommand one ? one.Examples
            : command.Subcommands.SelectMany(below => Examples(below).Take(below.Subcommands.Count > 0 ? 2 : 1));

    /// <summary>The words after "--", which are never options.</summary>
    public static int WordsAfterDashes(ParseResult parsed)
    {
        var tokens = parsed.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type == TokenType.DoubleDash)
                return tokens.Count - i - 1;
        }
        return 0;
    }

    // System.CommandLine takes an option that it does not know for an argument.
    private static string? Stray(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(result => result.Tokens)
        .Concat(parsed.UnmatchedTokens.Select(word => new Token(word, TokenType.Argument, null!)))
        .SkipLast(WordsAfterDashes(parsed))
        .Select(token => token.Value)
        .FirstOrDefault(value => value.Length > 1 && value.StartsWith('-'));

    private static string Hint(Command command)
    {
        var path = command.Name;
        for (var parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent =
            parent.Parents.OfType<Command>().FirstOrDefault())
            path = parent.Name + " " + path;
        return $"Example: {Examples(command).First()} ('{path} --help' tells more.)";
    }
}
