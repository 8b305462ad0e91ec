using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace TaskLocking.Exchange;

/// <summary>
/// What stands between the first two lines <c>---</c> of a file, as far as tools write it there: texts, plain, quoted or folded over lines,
/// and lists of them, a line each or in brackets.
/// </summary>
internal sealed class FrontMatter
{
    private readonly List<(string Name, List<string> Values, bool IsList)> _fields = [];

    private FrontMatter(string body) => Body = body;

    /// <summary>All behind it.</summary>
    public string Body { get; }

    public IReadOnlyList<(string Name, List<string> Values, bool IsList)> Fields => _fields;

    /// <summary>Reads a file; null if it has none.</summary>
    public static FrontMatter? Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n").Split('\n');
        var first = Array.FindIndex(lines, line => line.Trim().Length > 0);
        if (first < 0 || lines[first].TrimEnd() != "---")
            return null;
        var end = Array.FindIndex(lines, first + 1, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
            return null;
        var matter = new FrontMatter(string.Join("\n", lines.Skip(end + 1)).Trim('\n'));
        for (var at = first + 1; at < end;)
            matter.ReadField(lines, ref at, end);
        return matter;
    }

    /// <summary>A text; of a list the first one; null for none.</summary>
    public string? Text(string name) => Texts(name).FirstOrDefault(text => text.Length > 0);

    public IEnumerable<string> Texts(string name) => _fields.Where(field => field.Name == name).SelectMany(field => field.Values);

    private void ReadField(string[] lines, ref int at, int end)
    {
        var line = lines[at++];
        var colon = line.IndexOf(':');
        if (colon <= 0 || char.IsWhiteSpace(line[0]) || line[0] is '#' or '-')
            return;
        var (name, value) = (line.Substring(0, colon).Trim(), line.Substring(colon + 1).Trim());
        var below = new List<string>();
        while (at < end && (lines[at].Length == 0 || char.IsWhiteSpace(lines[at][0])
            || lines[at].StartsWith("- ", StringComparison.Ordinal)))
            below.Add(lines[at++].Trim());
        below.RemoveAll(part => part.Length == 0);
        if (value.Length > 0 && value[0] is '>' or '|')
            _fields.Add((name, [string.Join(value[0] == '>' ? " " : "\n", below)], false));
        else if (value.Length > 0 && value[0] == '[')
            _fields.Add((name, Inline(value + string.Join(" ", below)), true));
        else if (value.Length == 0 && below.TrueForAll(part => part[0] == '-'))
            _fields.Add((name, below.ConvertAll(part => Plain(part.Substring(1).Trim())), true));
        else
            _fields.Add((name, [Plain(string.Join(" ", new[] { value }.Concat(below)).Trim())], false));
    }

    private static List<string> Inline(string value)
    {
        var (texts, text, quote) = (new List<string>(), new StringBuilder(), '\0');
        foreach (var letter in value.Trim().Trim('[', ']') + ",")
        {
            if (letter == ',' && quote == '\0')
            {
                if (text.ToString().Trim() is { Length: > 0 } part)
                    texts.Add(Plain(part));
                text.Clear();
                continue;
            }
            quote = quote == letter ? '\0' : quote == '\0' && letter is '"' or '\'' ? letter : quote;
            text.Append(letter);
        }
        return texts;
    }

    private static string Plain(string value)
    {
        if (value.Length < 2 || value[0] != value[value.Length - 1] || value[0] is not ('"' or '\''))
            return value;
        var inside = value.Substring(1, value.Length - 2);
        return value[0] == '\'' ? inside.Replace("''", "'") : inside.Replace("\\\"", "\"").Replace("\\\\", "\\");
    }
}
