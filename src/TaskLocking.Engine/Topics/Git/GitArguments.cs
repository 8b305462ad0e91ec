using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace TaskLocking.Topics;

/// <summary>
/// Words as one line that .NET, and the C library of Windows, take apart into just these words. .NET Standard knows no list of them.
/// </summary>
internal static class GitArguments
{
    /// <summary>The line.</summary>
    public static string Line(IEnumerable<string> words)
    {
        var line = new StringBuilder();
        foreach (var word in words)
        {
            if (line.Length > 0)
                line.Append(' ');
            Append(line, word);
        }
        return line.ToString();
    }

    private static void Append(StringBuilder line, string word)
    {
        if (word.Length > 0 && word.All(letter => letter > ' ' && letter != '"'))
        {
            line.Append(word);
            return;
        }
        line.Append('"');
        var slashes = 0;
        foreach (var letter in word)
        {
            // Backslashes count only before a quote, and are doubled there.
            if (letter == '"')
                line.Append('\\', slashes + 1);
            slashes = letter == '\\' ? slashes + 1 : 0;
            line.Append(letter);
        }
        line.Append('\\', slashes).Append('"');
    }
}
