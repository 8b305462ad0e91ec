using System;

namespace TaskLocking.Topics;

/// <summary>
/// Whether the digits that a name begins with are a date, a year or a time: 2024, 202603, 20260319, 260319, 143022, 19-03-2026, a time in
/// seconds since 1970. Two digits and two more may be a date and are told apart from one by nobody: <see cref="MayBegin"/>.
/// </summary>
internal static class TopicDate
{
    public const int FirstYear = 1900;
    public const int LastYear = 2099;

    public static bool IsYear(int number) => number is >= FirstYear and <= LastYear;

    /// <summary>Whether it is a date.</summary>
    /// <param name="name">A name that begins with digits.</param>
    /// <param name="digits">How many.</param>
    public static bool Begins(ReadOnlySpan<char> name, int digits) => digits switch
    {
        1 or 2 => Group(name, digits, out var month) is >= 0 and var second && month > 0
            && Group(name, second, out var year) is >= 0 and var end
            && end - second == 5 && IsYear(year) && IsDay(Number(name, 0, digits), month),
        4 => IsYear(Number(name, 0, 4)),
        6 => IsShort(name),
        8 => IsLong(name, 0) || IsLong(name, 4),
        10 or 13 => name[0] == '1' || IsLong(name, 0),
        12 or 14 => IsLong(name, 0) || IsShort(name),
        _ => false,
    };

    /// <summary>Whether it may be a date as well as a number: groups of one or two digits, two of them or three.</summary>
    public static bool MayBegin(ReadOnlySpan<char> name, int digits) =>
        Group(name, digits, out var second) is >= 0 and var end
            && (end - digits == 5 ? IsYear(second) : end - digits <= 3 && IsDay(Number(name, 0, digits), second));

    // The number behind one separator at a place: the place behind it, or -1.
    private static int Group(ReadOnlySpan<char> name, int at, out int value)
    {
        value = 0;
        if (at >= name.Length || name[at] is not ('-' or '_' or '.' or ' '))
            return -1;
        var start = ++at;
        for (; at < name.Length && name[at] is >= '0' and <= '9' && at - start < 5; at++)
            value = value * 10 + (name[at] - '0');
        return at == start || (at < name.Length && IsWord(name[at])) ? -1 : at;
    }

    // What is not ASCII comes as bytes, too, and is a letter in both.
    private static bool IsWord(char character) => character is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or > '~';

    // YYYYMM, YYMMDD, DDMMYY or HHMMSS.
    private static bool IsShort(ReadOnlySpan<char> name)
    {
        var (first, second, third) = (Number(name, 0, 2), Number(name, 2, 2), Number(name, 4, 2));
        return (IsYear(first * 100 + second) && third is >= 1 and <= 12)
            || (second is >= 1 and <= 12 && (third is >= 1 and <= 31 || first is >= 1 and <= 31))
            || (first < 24 && second < 60 && third < 60);
    }

    // YYYYMMDD where the year stands first, DDMMYYYY and MMDDYYYY where it stands fifth.
    private static bool IsLong(ReadOnlySpan<char> name, int year)
    {
        var day = year == 0 ? 4 : 0;
        return IsYear(Number(name, year, 4)) && IsDay(Number(name, day, 2), Number(name, day + 2, 2));
    }

    private static bool IsDay(int one, int other) =>
        (one is >= 1 and <= 31 && other is >= 1 and <= 12) || (one is >= 1 and <= 12 && other is >= 1 and <= 31);

    private static int Number(ReadOnlySpan<char> name, int at, int count)
    {
        var number = 0;
        for (var end = at + count; at < end; at++)
            number = number * 10 + (name[at] - '0');
        return number;
    }
}
