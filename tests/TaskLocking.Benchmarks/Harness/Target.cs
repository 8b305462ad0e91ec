namespace TaskLocking.Benchmarks.Harness;

/// <summary>What a figure has to reach.</summary>
/// <param name="Sign">'≤' or '≥'.</param>
/// <param name="Limit">In the figure's unit.</param>
/// <param name="Unit">"×", "%", "ms", "s".</param>
internal sealed record Target(char Sign, double Limit, string Unit)
{
    public static Target AtMost(double limit, string unit) => new('≤', limit, unit);

    public static Target AtLeast(double limit, string unit) => new('≥', limit, unit);

    public bool IsMetBy(double value) => Sign == '≤' ? value <= Limit : value >= Limit;

    public override string ToString() => $"{Sign} {Limit} {Unit}";
}
