using System.Collections.Generic;
using System.Globalization;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The names of journals: ten digits at least, no more zeros before them than that takes. Whatever else lies in their folder, a copy that a
/// person or a synchroniser made, a number that no store comes to, is not ours and as if it were not there.
/// </summary>
internal static class JournalNames
{
    /// <summary>The extension of a journal that is in use.</summary>
    public const string Used = ".jsonl";

    /// <summary>The extension of one that has ended without a seal.</summary>
    public const string Ended = ".ended";

    // A number that counts up from here is still a number to every reader of JSON.
    private const long Highest = 1L << 52;

    /// <summary>The name of the journal with a number.</summary>
    public static string Of(long sequence) => sequence.ToString("D10", CultureInfo.InvariantCulture) + Used;

    /// <summary>The numbers of the journals that are there, in no order.</summary>
    public static List<long> In(string folder, string extension = Used)
    {
        var numbers = new List<long>();
        foreach (var path in StoreFolder.Files(folder, "*" + extension))
        {
            if (Number(Path.GetFileNameWithoutExtension(path)) is { } number && Path.GetExtension(path) == extension)
                numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>Whether a file's name is a journal's, be it in use or ended.</summary>
    public static bool IsName(string name) =>
        Path.GetExtension(name) is Used or Ended && Number(Path.GetFileNameWithoutExtension(name)) is not null;

    /// <summary>A number that no journal has, above those that are there and above <paramref name="last"/>.</summary>
    public static long Next(string folder, long last)
    {
        foreach (var extension in new[] { Used, Ended })
        {
            foreach (var number in In(folder, extension))
            {
                if (number > last)
                    last = number;
            }
        }
        return last + 1;
    }

    private static long? Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
        number is > 0 and < Highest && Of(number) == name + Used ? number : null;
}
