using System;
using System.Security.Cryptography;
using System.Text;

namespace TaskLocking.Cli.Setup;

/// <summary>
/// Text of ours in a file of somebody else's, between two marks. The first has a checksum of what stands between them, so that what a
/// person has changed there is seen, and not written over.
/// </summary>
internal static class MarkedBlock
{
    private const string Begin = "<!-- tasklock:begin ";
    private const string BeginRest = " (by 'tasklock setup'; what stands up to the end mark is written anew) -->";
    private const string End = "<!-- tasklock:end -->";

    /// <summary>The text with the block in it: in its place where there is one, else at the end.</summary>
    /// <param name="text">What the file has.</param>
    /// <param name="content">Lines, each with its end; null for no block any more.</param>
    /// <param name="force">Although somebody has changed the block.</param>
    /// <exception cref="FormatException">Says why the file is not understood.</exception>
    public static string Put(string text, string? content, bool force)
    {
        var line = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var block = content is null ? "" : (Begin + Sum(content) + BeginRest + "\n" + content + End + "\n").Replace("\n", line);
        if (Find(text, force) is var (start, end))
            return content is null ? Without(text, start, end, line) : text[..start] + block + text[end..];
        if (content is null)
            return text;
        var gap = text.Length == 0 ? "" : text.EndsWith('\n') ? line : line + line;
        return text + gap + block;
    }

    // The empty line before it came with it.
    private static string Without(string text, int start, int end, string line)
    {
        var before = text[..start];
        return (before.EndsWith(line + line, StringComparison.Ordinal) ? before[..^line.Length] : before) + text[end..];
    }

    private static (int Start, int End)? Find(string text, bool force)
    {
        var start = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 && end < 0)
            return null;
        var head = start < 0 ? -1 : text.IndexOf('\n', start);
        if (start < 0 || end < head || head < 0 || text.LastIndexOf(Begin, StringComparison.Ordinal) != start
            || text.LastIndexOf(End, StringComparison.Ordinal) != end)
        {
            throw new FormatException(
                $"has a mark of 'tasklock setup' without the other, or twice. Take away '{Begin.Trim()} …' and '{End}'");
        }
        var sum = text[(start + Begin.Length)..head].Split(' ')[0];
        if (!force && sum != Sum(text[(head + 1)..end].Replace("\r\n", "\n")))
            throw new FormatException("has changes between the marks of 'tasklock setup', which would be lost. Move them out of the marks, "
                + "or give --force");
        end += End.Length;
        return (start, end < text.Length && text[end] == '\r' ? Math.Min(end + 2, text.Length) : Math.Min(end + 1, text.Length));
    }

    private static string Sum(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6));
}
