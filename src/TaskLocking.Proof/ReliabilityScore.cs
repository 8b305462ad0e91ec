using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking;

/// <summary>
/// The share of the checked operations that took part in no violation. Exactly 100 % only without any: a violation that no operation is
/// at fault for alone counts as one more, and nothing is rounded up.
/// </summary>
public sealed record ReliabilityScore(long Operations, long Faulty) : ValueObject
{
    /// <summary>How many operations were checked.</summary>
    public long Operations { get; } = Operations;

    /// <summary>How many took part in a violation.</summary>
    public long Faulty { get; } = Faulty;

    /// <summary>What the number means, in a sentence for people.</summary>
    public const string Definition = "the share of checked operations that took part in no violation; 100 % only without any violation";

    /// <summary>0 to 100 with as many digits as one operation needs to be seen; 0 where nothing was checked.</summary>
    public double Percent
    {
        get
        {
            if (Operations <= 0)
                return 0;
            if (Faulty == 0)
                return 100;
            var scale = Math.Pow(10, Digits);
            return Math.Max(0, Math.Floor(100.0 * (Operations - Faulty) / Operations * scale) / scale);
        }
    }

    private int Digits => Math.Max(1, (int)Math.Ceiling(Math.Log10(Operations)) - 1);

    /// <summary>For a person: "100 %", "99.987 %".</summary>
    public override string ToString() => Percent.ToString("0.##########", CultureInfo.InvariantCulture) + " %";

    internal static ReliabilityScore Of(long operations, IEnumerable<Violation> violations)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var others = 0;
        foreach (var violation in violations)
        {
            if (violation.Excerpt.Count == 0)
                others++;
            named.UnionWith(violation.Excerpt.Select(operation => operation.Mark));
        }
        return new ReliabilityScore(operations + others, named.Count + others);
    }
}
