using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Where the locks of resources are: <c>locks/resource_{name}.{limit}.{place}.lock</c>, one for each place of each limit that somebody
/// named, so that the kernel's lock alone tells who is in and with how many he shares it. Whoever looks for a place has
/// <c>locks/resources.lock</c> for that moment.
/// </summary>
/// <param name="Path">The lock file.</param>
/// <param name="Key">The name of the resource as it stands in the file's.</param>
/// <param name="Limit">How many places there are of this limit.</param>
/// <param name="Place">Which one it is, from 1 on.</param>
internal sealed record ResourceLockFile(string Path, string Key, int Limit, int Place)
{
    /// <summary>The files of all resources.</summary>
    public const string Pattern = "resource_*.lock";

    private const string Prefix = "resource_";
    private const string Extension = ".lock";
    private const string HolderExtension = ".holder";
    private const string TurnName = "resources.lock";
    private const int LongestNumber = 4;

    /// <summary>The lock under which places are looked for.</summary>
    public static string TurnOf(string locksFolder) => System.IO.Path.Combine(locksFolder, TurnName);

    /// <summary>One place of a resource.</summary>
    public static ResourceLockFile Of(string locksFolder, string name, int limit, int place)
    {
        var key = TaskLockFile.Escape(name);
        return new ResourceLockFile(
            System.IO.Path.Combine(locksFolder, FormattableString.Invariant($"{Prefix}{key}.{limit}.{place}{Extension}")),
            key, limit, place);
    }

    /// <summary>The lock files that are there, in use or not.</summary>
    public static IEnumerable<ResourceLockFile> In(string locksFolder)
    {
        foreach (var path in StoreFolder.Files(locksFolder, Pattern))
        {
            if (Parse(path, Extension) is { } file)
                yield return file;
        }
    }

    /// <summary>
    /// Whether a file is named as one of these, or the hint beside one; what a synchroniser or a person made of one is not.
    /// </summary>
    public static bool IsName(string fileName) =>
        fileName == TurnName || Parse(fileName, Extension) is not null || Parse(fileName, HolderExtension) is not null;

    /// <summary>The name of the resource, as far as the file's tells it: what is too long there ends in a digest.</summary>
    public string NameFromKey()
    {
        var bytes = new List<byte>(Key.Length);
        for (var at = 0; at < Key.Length; at++)
        {
            var value = Key[at] == '%' && at + 2 < Key.Length ? (DigitOf(Key[at + 1]) << 4) | DigitOf(Key[at + 2]) : -1;
            var isByte = value >= 0;
            bytes.Add(isByte ? (byte)value : (byte)Key[at]);
            at += isByte ? 2 : 0;
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static ResourceLockFile? Parse(string path, string extension)
    {
        var name = System.IO.Path.GetFileName(path);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(extension, StringComparison.Ordinal))
            return null;
        var stem = name.Substring(Prefix.Length, Math.Max(0, name.Length - Prefix.Length - extension.Length));
        var last = stem.LastIndexOf('.');
        var middle = last > 0 ? stem.LastIndexOf('.', last - 1) : -1;
        if (middle <= 0 || !TaskLockFile.IsEscaped(stem.Substring(0, middle)) || NumberIn(stem, middle + 1, last) is not { } limit
            || NumberIn(stem, last + 1, stem.Length) is not { } place || place > limit || limit > ResourceLimit.MostHolders)
            return null;
        return new ResourceLockFile(path, stem.Substring(0, middle), limit, place);
    }

    // As it is written: without a sign, blanks or a leading zero, so that one place has one name.
    private static int? NumberIn(string text, int from, int to)
    {
        if (to <= from || to - from > LongestNumber || text[from] == '0')
            return null;
        var number = 0;
        for (var at = from; at < to; at++)
        {
            if (text[at] is < '0' or > '9')
                return null;
            number = number * 10 + text[at] - '0';
        }
        return number;
    }

    // Negative for what is none, also together with another.
    private static int DigitOf(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'a' and <= 'f' => letter - 'a' + 10,
        >= 'A' and <= 'F' => letter - 'A' + 10,
        _ => -1,
    };
}
