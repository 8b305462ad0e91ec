namespace TaskLocking.Server;

/// <summary>One value.</summary>
/// <param name="Value">In base units.</param>
/// <param name="Label">What tells it apart from others of its family; null for the only one.</param>
/// <param name="Word">What the label says.</param>
/// <param name="Suffix"><c>_sum</c> or <c>_count</c> of a summary, else nothing.</param>
internal readonly record struct MetricSample(double Value, string? Label = null, string? Word = null, string Suffix = "");
