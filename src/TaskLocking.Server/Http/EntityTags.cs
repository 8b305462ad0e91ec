using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace TaskLocking.Server;

/// <summary>
/// The tag of an answer is the board's version: <c>"v123"</c>. Some answers change with time alone, as a lease runs out; of one that does,
/// the tag has a mark behind the version, so that nobody is told that what he has is still right when it is not.
/// </summary>
internal sealed class EntityTags
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (long Version, string Mark)> _first = new(StringComparer.Ordinal);

    /// <summary>The tag of an answer.</summary>
    /// <param name="address">What was asked for.</param>
    /// <param name="version">Of the board.</param>
    /// <param name="body">The answer.</param>
    public string Of(string address, long version, ReadOnlySpan<byte> body)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 4));
        if (_first.Count >= Most)
            _first.Clear();
        var first = _first.AddOrUpdate(address, (version, mark), (_, known) => known.Version == version ? known : (version, mark));
        return first.Version == version && string.Equals(first.Mark, mark, StringComparison.Ordinal)
            ? Text(version) : $"{Text(version)[..^1]}-{mark}\"";
    }

    public static string Text(long version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>Whether one of several tags that a caller has is this one.</summary>
    public static bool Matches(string? given, string tag) => given is not null && (given.Trim() == "*"
        || given.Split(',', StringSplitOptions.TrimEntries).Any(each => string.Equals(Strong(each), tag, StringComparison.Ordinal)));

    /// <summary>The version in a tag; null for what is none.</summary>
    public static long? Version(string given)
    {
        var text = Strong(given.Trim()).Trim('"');
        return text.StartsWith('v')
            && long.TryParse(text[1..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
