using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Options;

namespace TaskLocking.Cli.Completion;

/// <summary>
/// The words of a command line up to the one that somebody is typing, and what stands at its place. Wrong words are passed over: the
/// command will tell.
/// </summary>
internal sealed class LineSoFar
{
    private readonly List<string> _values = [];
    private readonly HashSet<string> _options = new(StringComparer.Ordinal);
    private bool _wordsOnly;
    private int _wordsAfterDashes;

    /// <param name="root">Every command.</param>
    /// <param name="words">Those before, without the program.</param>
    public LineSoFar(Command root, IEnumerable<string> words)
    {
        Command = root;
        foreach (var word in words)
            Read(word);
    }

    /// <summary>The command that is meant so far.</summary>
    public Command Command { get; private set; }

    /// <summary>The option whose value comes now; null if any word may come.</summary>
    public Option? Open { get; private set; }

    /// <summary>The arguments so far.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The workspace that was named; null if none was.</summary>
    public string? Workspace { get; private set; }

    /// <summary>How many words of a command to run stand before; null where none is being typed.</summary>
    public int? WordsOfOther => _wordsOnly && Command is LockCommand ? _wordsAfterDashes : null;

    /// <summary>Whether an option may come.</summary>
    public bool TakesOptions => !_wordsOnly;

    /// <summary>What may be said here and was not yet.</summary>
    public IEnumerable<Option> Options => All().Where(option => !option.Hidden
        && (option.ValueType == typeof(string[]) || !_options.Contains(option.Name)));

    /// <summary>An option by its name, or another of its names; null if there is none.</summary>
    public Option? Find(string name) => All().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    /// <summary>Whether a value belongs to it.</summary>
    public static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;

    private IEnumerable<Option> All()
    {
        for (var command = Command; command is not null; command = command.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in command.Options)
            {
                if (command == Command || option.Recursive)
                    yield return option;
            }
        }
    }

    private void Read(string word)
    {
        if (_wordsOnly)
        {
            _wordsAfterDashes++;
            _values.Add(word);
        }
        else if (Open is { } option && (!word.StartsWith('-') || IsNeeded(option)))
        {
            Take(option, word);
            Open = option.AllowMultipleArgumentsPerToken ? option : null;
        }
        else
        {
            Open = null;
            ReadFree(word);
        }
    }

    // Whatever comes is its value then.
    private static bool IsNeeded(Option option) => option.Arity.MinimumNumberOfValues > 0 && !option.AllowMultipleArgumentsPerToken;

    private void ReadFree(string word)
    {
        if (word == "--")
        {
            _wordsOnly = true;
        }
        else if (word.StartsWith('-'))
        {
            var end = word.IndexOf('=');
            if (Find(end < 0 ? word : word[..end]) is not { } option)
                return;
            _options.Add(option.Name);
            if (end >= 0)
                Take(option, word[(end + 1)..]);
            else if (TakesValue(option))
                Open = option;
        }
        else if (_values.Count == 0 && Command.Subcommands.FirstOrDefault(each => each.Name == word) is { } below)
        {
            Command = below;
        }
        else
        {
            _values.Add(word);
        }
    }

    private void Take(Option option, string value)
    {
        if (option == GlobalOptions.Workspace)
            Workspace = value;
    }
}
