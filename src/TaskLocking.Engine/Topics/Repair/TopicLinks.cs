using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// Finds where topics are named that move. A path that leads to the folder can mean nothing else and is rewritten; a name without a path,
/// and a number (<c>#63</c>), may be another's, and are told. Bytes that are no part of a path stay as they are, whatever the encoding.
/// </summary>
/// <param name="top">The working tree.</param>
/// <param name="root">The root of the topics.</param>
/// <param name="moves">Names in the root, old and new.</param>
internal sealed class TopicLinks(string top, string root, IReadOnlyDictionary<string, string> moves)
{
    private const int Longest = 4 << 20; // in bytes; what is longer is no text that a person wrote

    // One byte, one letter: what comes out is what went in.
    private static readonly Encoding Bytes = Encoding.GetEncoding("ISO-8859-1");

    private readonly List<TopicMention> _mentions = [];
    private readonly List<FileEdit> _edits = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<TopicMention> Mentions => _mentions;

    /// <summary>The files that are to be written.</summary>
    public IReadOnlyList<FileEdit> Edits => _edits;

    /// <summary>Looks through a file of the tree.</summary>
    /// <param name="path">Its path in the tree, with slashes.</param>
    public void Read(string path)
    {
        var file = Path.Combine(top, path.Replace('/', Path.DirectorySeparatorChar));
        if (Path.GetFileName(file) == TopicRenaming.RecordName || FileFacts.At(file) is not { IsPlain: true }
            || new FileInfo(file).Length > Longest)
            return;
        var bytes = File.ReadAllBytes(file);
        if (Array.IndexOf(bytes, (byte)0) >= 0)
            return;
        var text = Bytes.GetString(bytes);
        var changed = moves.Aggregate(text, (before, move) => Rewrite(file, before, Letters(move.Key), Letters(move.Value)));
        foreach (var number in moves.Keys.Select(name => TopicFolderName.NumberOf(name.AsSpan())).Distinct())
            TellNumbers(file, text, number);
        if (changed != text)
            _edits.Add(new FileEdit(file, bytes, Bytes.GetBytes(changed)));
    }

    private static string Letters(string name) => Bytes.GetString(Encoding.UTF8.GetBytes(name));

    private string Rewrite(string file, string text, string name, string other)
    {
        var changed = new StringBuilder(text.Length);
        var done = 0;
        for (var at = Next(0); at >= 0; at = Next(at + name.Length))
        {
            if (!IsWhole(text, at, at + name.Length))
                continue;
            var start = PathStart(text, at);
            var isLink = start < at && LeadsToRoot(file, text[start..at]);
            Tell(file, text, start, at + name.Length, isLink);
            if (!isLink)
                continue;
            changed.Append(text, done, at - done).Append(other);
            done = at + name.Length;
        }
        return done == 0 ? text : changed.Append(text, done, text.Length - done).ToString();

        int Next(int from) => text.IndexOf(name, from, StringComparison.Ordinal);
    }

    // "003_auth" is not in "1003_auth" or "003_auth2" or "003_auth.md".
    private static bool IsWhole(string text, int start, int end) =>
        (start == 0 || !IsNameLetter(text[start - 1]))
        && (end == text.Length || (!IsNameLetter(text[end])
            && !(text[end] == '.' && end + 1 < text.Length && IsNameLetter(text[end + 1]))));

    private static bool IsNameLetter(char letter) =>
        letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or > '\u007f';

    private static int PathStart(string text, int at)
    {
        if (at == 0 || text[at - 1] is not ('/' or '\\'))
            return at;
        var start = at;
        while (start > 0 && text[start - 1] > ' ' && "\"'`()[]<>{}|,;=*".IndexOf(text[start - 1]) < 0)
            start--;
        return start;
    }

    private bool LeadsToRoot(string file, string folder)
    {
        if (folder.Contains("://"))
            return false;
        try
        {
            var path = Encoding.UTF8.GetString(Bytes.GetBytes(folder)).Replace('\\', '/');
            return new[] { Path.Combine(Path.GetDirectoryName(file)!, path), Path.Combine(top, path.TrimStart('/')), path }
                .Any(each => Path.IsPathRooted(each) && Path.GetFullPath(each).TrimEnd('/', '\\') == root);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or IOException)
        {
            return false; // no path of this system
        }
    }

    private void TellNumbers(string file, string text, int number)
    {
        foreach (Match match in Regex.Matches(text, $@"(?<![\w&/#-])#0*{number}(?!\w)", RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(10)))
            Tell(file, text, match.Index, match.Index + match.Length, isRewritten: false);
    }

    private void Tell(string file, string text, int start, int end, bool isRewritten)
    {
        var line = 1 + text.Take(start).Count(letter => letter == '\n');
        _mentions.Add(new TopicMention(file, line, Encoding.UTF8.GetString(Bytes.GetBytes(text[start..end])), isRewritten));
    }
}
