using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes a word with the values that begin with it, quoted where the shell would take them apart.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    /// <summary>The cmdlet under completion; PowerShell makes a completer for each.</summary>
    private protected string Command { get; private set; } = "";

    /// <summary>Its parameter.</summary>
    private protected string Parameter { get; private set; } = "";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        (Command, Parameter) = (commandName, parameterName);
        var pattern = WildcardPattern.Get(Unquoted(wordToComplete ?? "") + "*", WildcardOptions.IgnoreCase);
        try
        {
            return Values(fakeBoundParameters ?? new Hashtable())
                .Where(v => pattern.IsMatch(v.Value))
                .Select(v => new CompletionResult(Quoted(v.Value), TerminalText.Line(v.Value), CompletionResultType.ParameterValue,
                    TerminalText.Line(v.Tip)))
                .ToList();
        }
        catch (TaskLockingException)
        {
            // Tab has no place for an error; the command itself will tell.
            return [];
        }
    }

    private protected abstract IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters);

    private static string Unquoted(string word) => word.Trim('\'', '"');

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '\\') && value.Length > 0 && value[0] != '-'
            ? value
            : IsShown(value) ? Literal(value) : "(" + string.Join("+", Parts(value)) + ")";

    private static bool IsShown(string text) => TerminalText.Line(text) == text;

    private static string Literal(string value) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";

    // What a command line cannot show is written as what it is: ('T-1'+[char]0x200b).
    private static IEnumerable<string> Parts(string value)
    {
        var plain = "";
        foreach (var unit in value)
        {
            if (IsShown(unit.ToString()))
            {
                plain += unit;
                continue;
            }
            yield return Literal(plain);
            yield return "[char]0x" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture);
            plain = "";
        }
        yield return Literal(plain);
    }
}
