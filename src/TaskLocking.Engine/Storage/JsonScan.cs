using System;

namespace TaskLocking.Storage;

/// <summary>
/// Steps over JSON text that this program wrote and a checksum vouches for: nothing is checked again, so it costs a fraction of a reader.
/// A place is the index of a value's first byte; what is given back is the index behind the value.
/// </summary>
internal static class JsonScan
{
    /// <summary>Behind the string that begins at a place.</summary>
    public static int String(ReadOnlySpan<byte> json, int at)
    {
        for (at++; ; at += 2)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
                return at + 1;
        }
    }

    /// <summary>Behind the value that begins at a place; there is no white space outside strings.</summary>
    public static int Value(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == '"')
            return String(json, at);
        if (json[at] is not ((byte)'{' or (byte)'['))
        {
            while (at < json.Length && json[at] is not ((byte)',' or (byte)'}' or (byte)']'))
                at++;
            return at;
        }
        for (var depth = 0; ;)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = String(json, at);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                        return at + 1;
                    break;
            }
            at++;
        }
    }

    /// <summary>
    /// The name of the next member of an object, without quotes: from the comma or quote at a place, which then moves to the value. False
    /// at the end of the object.
    /// </summary>
    public static bool Name(ReadOnlySpan<byte> json, ref int at, out Range name)
    {
        name = default;
        if (json[at] == ',')
            at++;
        if (json[at] != '"')
            return false;
        var start = at + 1;
        at = String(json, at);
        name = start..(at - 1);
        at++;
        return true;
    }

    /// <summary>Whether a literal stands at a place, which then moves behind it.</summary>
    public static bool Skip(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> literal)
    {
        if (!json[at..].StartsWith(literal))
            return false;
        at += literal.Length;
        return true;
    }
}
