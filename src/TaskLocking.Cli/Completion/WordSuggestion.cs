using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Completion;

/// <summary>
/// What the scripts of <c>tasklock completion</c> ask for: <c>suggest-words SHELL …</c>. The first line of the answer says whose the
/// words are: <c>words</c> follow, one a line; or the shell completes <c>files</c>, <c>folders</c> or <c>commands</c> by itself. Whatever
/// is wrong is no answer: Tab has no place for an error.
/// </summary>
internal static class WordSuggestion
{
    public const string Verb = "suggest-words";

    public static int Answer(string[] order)
    {
        try
        {
            if (order is [var shell, .. var words])
                StandardOutput.Drawn(Text(ShellSpelling.Of(shell, words)));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
        }
        return 0;
    }

    private static string Text(ShellSpelling shell)
    {
        var line = new LineSoFar(CommandTree.Whole(), shell.Before);
        var typed = shell.Typed;
        if (line.WordsOfOther is { } count)
            return count == 0 ? "commands\n" : "files\n";
        var lead = "";
        var option = line.Open;
        if (line.TakesOptions && typed.StartsWith('-'))
        {
            var end = typed.IndexOf('=');
            if (end < 0)
                return Words(shell, Options(line));
            option = line.Find(typed[..end]);
            (lead, typed) = (typed[..(end + 1)], typed[(end + 1)..]);
        }
        var kind = option is not null ? ValueKinds.Of(line.Command, option) : ValueKinds.Of(line.Command, line.Values.Count);
        if (kind is ValueKind.File or ValueKind.Folder && lead.Length == 0)
            return kind is ValueKind.File ? "files\n" : "folders\n";
        var values = Values(kind, option, line, typed).Select(each => (lead + each.Value, each.Tip));
        if (option is null && line.Values.Count == 0)
            values = values.Concat(Below(line.Command));
        var all = values.ToList();
        // Where nothing else can come, what may be said is shown.
        return Words(shell, all.Count == 0 && option is null && line.TakesOptions && typed.Length == 0 ? Options(line) : all);
    }

    private static IEnumerable<(string Value, string Tip)> Values(ValueKind kind, Option? option, LineSoFar line, string typed) =>
        kind switch
        {
            ValueKind.Status => Known("todo", "in-progress", "review", "done", "blocked", "cancelled", "failed"),
            ValueKind.Priority => Known("low", "medium", "high", "critical"),
            ValueKind.AssigneeType => Known("agent", "human", "host"),
            ValueKind.Overlap => Known("deny", "warn"),
            ValueKind.ArtifactKind => line.Values.Count == 0 ? [] : Known([.. TopicArtifact.Kinds]),
            ValueKind.Field => Known([.. TaskSetCommand.Fields]),
            ValueKind.Tool => Known([.. SetupCommand.Tools]),
            ValueKind.Event => Known([.. Enum.GetValues<HookEventKind>().Select(WorkspaceHooks.NameOf)]),
            ValueKind.Shell => Known([.. CompletionCommand.Shells]),
            ValueKind.Command => Below(line.Values.Aggregate((Command)CommandTree.Whole(),
                (command, word) => command.Subcommands.FirstOrDefault(each => each.Name == word) ?? new Command(word))),
            ValueKind.Free => option?.HelpName is { } choice && choice.Contains('|') ? Known(choice.Split('|')) : [],
            ValueKind.File or ValueKind.Folder => [],
            _ => BoardValues.Of(kind, line, typed),
        };

    private static IEnumerable<(string Value, string Tip)> Known(params string[] words) => words.Select(word => (word, ""));

    private static IEnumerable<(string Value, string Tip)> Below(Command command) =>
        command.Subcommands.Where(each => !each.Hidden).Select(each => (each.Name, each.Description ?? ""));

    private static IEnumerable<(string Value, string Tip)> Options(LineSoFar line) =>
        line.Options.Select(option => (option.Name, option.Description ?? "")).OrderBy(each => each.Name, StringComparer.Ordinal);

    private static string Words(ShellSpelling shell, IEnumerable<(string Value, string Tip)> values) =>
        "words\n" + string.Concat(values.Select(each => shell.Spell(each.Value, each.Tip)).OfType<string>().Select(word => word + "\n"));
}
