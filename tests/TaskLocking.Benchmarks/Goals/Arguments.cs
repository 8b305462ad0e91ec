using System.Globalization;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>Numbers as arguments of a program.</summary>
internal static class Arguments
{
    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
