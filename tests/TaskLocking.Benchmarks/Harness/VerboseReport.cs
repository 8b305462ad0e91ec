using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>Reads what <c>tasklock --verbose</c> tells on standard error.</summary>
internal static partial class VerboseReport
{
    /// <summary>Seconds that the process waited for the lock.</summary>
    public static double Waited(string error) =>
        WaitedPattern().Match(error) is { Success: true } match
            ? double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture) / 1e3
            : throw new InvalidOperationException($"tasklock --verbose did not tell its wait: {error.Trim()}");

    [GeneratedRegex(@"waited (?<ms>[\d.]+) ms", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WaitedPattern();
}
