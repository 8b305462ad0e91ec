using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace TaskLocking.Cli.Completion;

/// <summary>A line of bash up to the cursor, taken apart as bash does it; nothing in it is run or filled in.</summary>
/// <param name="Before">The whole words, without the program.</param>
/// <param name="Typed">The last word so far, without its quotes.</param>
/// <param name="Kept">How many characters of it bash leaves as they are, since what it completes begins behind them.</param>
/// <param name="Quote">The quote that is open, or '\0'.</param>
internal sealed partial record BashLine(IReadOnlyList<string> Before, string Typed, int Kept, char Quote)
{
    public static BashLine Read(string line, string breaks)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote, kept) = (false, '\0', 0);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && c is ' ' or '\t' or '\n' or ';' or '|' or '&')
            {
                if (isWord)
                    words.Add(word.ToString());
                // Behind these another command begins.
                if (c is '\n' or ';' or '|' or '&')
                    words.Clear();
                (isWord, kept) = (false, 0);
                word.Clear();
                continue;
            }
            isWord = true;
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '\'' or '"')
                (quote, kept) = (c, word.Length);
            else if (c == '\\' && IsEscape(quote, line, i + 1))
                word.Append(line[++i]);
            else
                word.Append(c);
            if (quote == '\0' && c is not ('\'' or '"' or '\\') && breaks.Contains(c))
                kept = word.Length;
        }
        // What is set for the command alone stands before it.
        return new BashLine(words.SkipWhile(each => Setting().IsMatch(each)).Skip(1).ToList(), word.ToString(), kept, quote);
    }

    private static bool IsEscape(char quote, string line, int next) => next < line.Length
        && (quote == '\0' || (quote == '"' && line[next] is '"' or '$' or '`' or '\\'));

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
