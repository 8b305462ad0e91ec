using System;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Todo2;

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

    /// <summary>Bytes as text; what is not UTF-8 becomes U+FFFD.</summary>
    public static unsafe string Utf8(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            return first is null ? "" : Encoding.UTF8.GetString(first, bytes.Length);
    }

    /// <summary>Behind the white space that may begin at a place.</summary>
    public static int Space(ReadOnlySpan<byte> json, int at)
    {
        while (json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }

    /// <summary>
    /// Behind the value that begins at a place, and behind white space that follows a value without an end sign of its own.
    /// </summary>
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
    /// The id of the todo that begins at a place, which then moves behind it: the last, if it has several; null if it has none.
    /// </summary>
    public static string? Id(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        if (json[at] != '{')
        {
            at = start + JsonSlices.TrimEnd(json[start..Value(json, at)]).Length;
            return null;
        }
        string? id = null;
        for (at = Space(json, at + 1); json[at] != '}'; at = Space(json, at))
        {
            if (json[at] == ',')
                at = Space(json, at + 1);
            var name = at;
            at = String(json, at);
            var isId = Plain(json[name..at]).SequenceEqual("id"u8);
            at = Space(json, Space(json, at) + 1);
            var value = at;
            at = Value(json, at);
            if (isId)
                id = Text(json[value..at]);
        }
        at++;
        return id;
    }

    /// <summary>
    /// What stands between the quotes, without escapes. What is no text, as half a surrogate pair, is given as it stands.
    /// </summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IndexOf((byte)'\\') < 0)
            return quoted[1..^1];
        var reader = JsonReading.Of(quoted);
        reader.Read();
        return Encoding.UTF8.GetBytes(TodoText.Read(ref reader)!);
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        if (value[0] == '"' && value.IndexOf((byte)'\\') < 0)
            return Utf8(value[1..^1]);
        var reader = JsonReading.Of(value);
        reader.Read();
        return TodoText.Read(ref reader);
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
