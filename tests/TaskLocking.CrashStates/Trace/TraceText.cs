using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace TaskLocking.CrashStates.Trace;

/// <summary>How strace writes a call: <c>TIME name(argument, …) = RESULT … &lt;SECONDS&gt;</c>, strings as in C.</summary>
internal static class TraceText
{
    /// <summary>Reads a line; null if it tells of something else than a call that came back.</summary>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static Call? Parse(int thread, string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (open < 0 || space < 0 || line[space + 1] is '+' or '-')
            return null;
        var arguments = new List<string>();
        var close = Split(line, open + 1, arguments);
        if (close < 0)
            return null;
        var equals = line.IndexOf('=', close);
        var duration = line.LastIndexOf('<');
        // A call of a process that was killed in it: '= ?'.
        if (equals < 0 || line[equals + 2] == '?' || duration < equals)
            return null;
        var start = Time(line.AsSpan(0, space));
        var end = start + Time(line.AsSpan(duration + 1, line.Length - duration - 2));
        return new Call(thread, start, end, line[(space + 1)..open], arguments, Leading(line.AsSpan(equals + 2)));
    }

    public static int Descriptor(string argument) =>
        argument.StartsWith("AT_FDCWD", StringComparison.Ordinal) ? -100 : (int)Leading(argument);

    public static string Unquote(string argument) => Encoding.UTF8.GetString(UnquoteBytes(argument));

    public static byte[] UnquoteBytes(string argument)
    {
        if (argument.Length < 2 || argument[0] != '"' || argument[^1] != '"')
            throw new InvalidDataException("No whole string: " + argument[..Math.Min(argument.Length, 80)]);
        var bytes = new byte[argument.Length];
        var length = 0;
        for (var at = 1; at < argument.Length - 1; at++)
        {
            if (argument[at] != '\\')
            {
                bytes[length++] = (byte)argument[at];
                continue;
            }
            var octal = 0;
            var digits = 0;
            while (digits < 3 && argument[at + 1] is >= '0' and <= '7')
                (octal, digits, at) = ((octal * 8) + argument[at + 1] - '0', digits + 1, at + 1);
            bytes[length++] = digits > 0 ? (byte)octal : Escaped(argument[++at]);
        }
        return bytes.AsSpan(0, length).ToArray();
    }

    /// <summary>The value of a member of a structure that is written out.</summary>
    public static string? Member(string structure, string name)
    {
        var at = structure.IndexOf(name + "=", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var start = at + name.Length + 1;
        return structure[start..structure.IndexOfAny(structure[start] == '{' ? ['}'] : [',', '}'], start)];
    }

    /// <summary>The number that a text begins with.</summary>
    public static long Leading(ReadOnlySpan<char> text)
    {
        var end = text[0] == '-' ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return long.Parse(text[..end], CultureInfo.InvariantCulture);
    }

    private static byte Escaped(char letter) => letter switch
    {
        'n' => (byte)'\n',
        't' => (byte)'\t',
        'r' => (byte)'\r',
        'v' => (byte)'\v',
        'f' => (byte)'\f',
        '"' or '\\' => (byte)letter,
        _ => throw new InvalidDataException("An unknown escape: \\" + letter),
    };

    // Seconds with nine digits behind the point.
    private static long Time(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        var seconds = long.Parse(text[..point], CultureInfo.InvariantCulture);
        return (seconds * 1_000_000_000) + long.Parse(text[(point + 1)..], CultureInfo.InvariantCulture);
    }

    // Gives where the parenthesis closes.
    private static int Split(string line, int start, List<string> arguments)
    {
        var depth = 0;
        for (var at = start; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"':
                    for (at++; line[at] != '"'; at++)
                        at += line[at] == '\\' ? 1 : 0;
                    break;
                case '{' or '[' or '(' or '<' when line[at - 1] != '<':
                    depth++;
                    break;
                case '}' or ']' or '>' when line[at - 1] is not ('=' or '-'):
                    depth--;
                    break;
                case ')' when depth > 0:
                    depth--;
                    break;
                case ')' or ',' when depth == 0:
                    arguments.Add(line[start..at].Trim());
                    start = at + 1;
                    if (line[at] == ')')
                        return at;
                    break;
            }
        }
        return -1;
    }
}
