using System.Collections.Generic;

namespace TaskLocking.Server;

/// <summary>A number of the board, or several that a label tells apart, as scrapers and collectors know them.</summary>
/// <param name="Name">Behind <c>tasklock_</c>; with its base unit, and <c>_total</c> for what only grows.</param>
/// <param name="Type">gauge, counter or summary.</param>
/// <param name="Help">What it is.</param>
/// <param name="Samples">Each with what follows its name, its label and its value.</param>
internal sealed record MetricFamily(string Name, string Type, string Help, IReadOnlyList<MetricSample> Samples)
{
    public const string Prefix = "tasklock_";
}
