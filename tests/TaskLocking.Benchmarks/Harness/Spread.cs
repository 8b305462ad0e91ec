using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>Samples of one figure.</summary>
internal readonly record struct Spread(double Min, double Median, double Max)
{
    /// <summary>The spread of at least one sample.</summary>
    public static Spread Of(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToList();
        return new Spread(sorted[0], At(sorted, 0.5), sorted[^1]);
    }

    /// <summary>The ratios of samples that were taken side by side.</summary>
    public static Spread OfRatios(IEnumerable<double> ours, IEnumerable<double> peer, double scale = 1) =>
        Of(ours.Zip(peer, (our, their) => scale * our / their));

    /// <summary>The value below which a share of the sorted samples lies, by linear interpolation.</summary>
    public static double At(IReadOnlyList<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = sorted[(int)place];
        return below + ((place - Math.Floor(place)) * (sorted[(int)Math.Ceiling(place)] - below));
    }

    /// <summary>The median of at least one sample, with its unit.</summary>
    public static string MedianOf(IEnumerable<double> samples, string unit) => Text(Of(samples).Median) + unit;

    /// <summary>Three digits that matter, without an exponent.</summary>
    public static string Text(double value) => value switch
    {
        >= 100 or <= -100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    public override string ToString() => $"{Text(Min)} / {Text(Median)} / {Text(Max)}";
}
