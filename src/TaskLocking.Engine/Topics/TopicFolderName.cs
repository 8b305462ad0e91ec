using System;
using System.Globalization;

namespace TaskLocking.Topics;

/// <summary>The rule for a topic's folder: three or more digits, then <c>_</c>, then the name.</summary>
internal static class TopicFolderName
{
    /// <summary>The last number of a series.</summary>
    public const int MaxNumber = 999_999_999;

    /// <summary>What stands for no number.</summary>
    public const int None = -1;

    /// <summary>The number that the name takes, or <see cref="None"/>. One above <see cref="MaxNumber"/> takes none: it is no topic's.</summary>
    public static int NumberOf(ReadOnlySpan<char> folder)
    {
        var number = 0;
        var index = 0;
        for (; index < folder.Length && folder[index] is >= '0' and <= '9'; index++)
        {
            if (number > MaxNumber / 10)
                return None;
            number = (number * 10) + (folder[index] - '0');
        }
        return index >= 3 && index < folder.Length && folder[index] == '_' ? number : None;
    }

    /// <summary>The same of a name as the system writes it; what the rule looks at is ASCII.</summary>
    public static int NumberOf(ReadOnlySpan<byte> folder)
    {
        Span<char> start = stackalloc char[256];
        var length = 0;
        for (; length < folder.Length && length < start.Length && folder[length] != '_'; length++)
            start[length] = (char)folder[length];
        if (length < folder.Length && length < start.Length)
            start[length++] = '_';
        return NumberOf(start[..length]);
    }

    /// <summary>The number as text: at least three digits.</summary>
    public static string Format(int number) => number.ToString("000", CultureInfo.InvariantCulture);

    /// <summary>The folder of a number and a clean name.</summary>
    public static string Format(int number, string name) => Format(number) + "_" + name;
}
