using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using TaskLocking.Diagnostics;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes a word with the values that begin with it, quoted where the shell would take them apart.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(Unquoted(wordToComplete ?? "") + "*", WildcardOptions.IgnoreCase);
        try
        {
            return Values(fakeBoundParameters ?? new Hashtable())
                .Where(v => pattern.IsMatch(v.Value))
                .Select(v => new CompletionResult(Quoted(v.Value), v.Value, CompletionResultType.ParameterValue, v.Tip))
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
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
