using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Input;
using TaskLocking.Wire;

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
        // Behind a word that is no command, no option can be known.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var verb, ..] && !verb.StartsWith('-'))
            return $"{NoCommand(verb, command)} {Hint(command)}";
        if (Stray(parsed) is { } stray)
        {
            var meant = NearestWord.Hint(stray, OptionsOf(command));
            return $"'{command.Name}' has no option '{stray}'{(meant.Length > 0 ? meant : ".")} {Hint(command)} "
                + "A value that begins with '-' goes after '--'.";
        }
        if (parsed.Errors.Count == 0)
            return null;
        // A word that was not understood says more than that something is missing because of it.
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var sentence = unknown is null ? parsed.Errors[0].Message : $"'{command.Name}' does not take '{unknown}'.";
        return $"{sentence} {Hint(command)}";
    }

    /// <summary>A word that is none of the commands below one, with the one that may have been meant.</summary>
    public static string NoCommand(string word, Command command)
    {
        var names = command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name).ToList();
        // 'new' alone is 'task new' or 'topic new'.
        var below = command.Subcommands.SelectMany(group => group.Subcommands.Select(each => (group, each)))
            .Where(pair => string.Equals(pair.each.Name, word, StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"'{pair.group.Name} {pair.each.Name}'").ToList();
        var meant = OtherWords.Meant(word, command) is { } other ? $"'{other}'"
            : below.Count > 0 ? string.Join(" or ", below)
            : NearestWord.Find(word, names) is { } near ? $"'{near}'" : null;
        return $"'{word}' is no command; {(meant is null ? "there are" : $"did you mean {meant}? There are")} {string.Join(", ", names)}.";
    }

    /// <summary>
    /// The same about what has no name in .NET any more: a task, a file, a workspace of other bytes would be taken in its place.
    /// </summary>
    /// <param name="parsed">What the arguments mean.</param>
    /// <param name="args">The arguments.</param>
    public static string? NotUtf8(ParseResult parsed, string[] args)
    {
        // What 'lock' and 'work' run gets its words as they are.
        var own = parsed.CommandResult.Command is LockCommand or WorkCommand ? args.Length - WordsAfterDashes(parsed) : args.Length;
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

    private static IEnumerable<string> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .Where(option => !option.Hidden)
        .Select(option => option.Name);

    private static string Hint(Command command)
    {
        var path = command.Name;
        for (var parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent =
            parent.Parents.OfType<Command>().FirstOrDefault())
            path = parent.Name + " " + path;
        return $"Example: {Examples(command).First()} ('{path} --help' tells more.)";
    }
}
