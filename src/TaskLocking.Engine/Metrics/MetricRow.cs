namespace TaskLocking.Metrics;

/// <summary>What was counted for one resource and one holder. Not thread-safe.</summary>
internal sealed class MetricRow(string resource, string holder)
{
    public string Resource => resource;

    public string Holder => holder;

    public DurationHistogram Waits { get; private set; } = new();

    public DurationHistogram Holds { get; private set; } = new();

    public long Conflicts { get; set; }

    public long Timeouts { get; set; }

    public long Broken { get; set; }

    /// <summary>How much there is to tell; what has least is forgotten first.</summary>
    public long Weight => Waits.Count + Holds.Count + 10 * (Conflicts + Timeouts + Broken);

    public MetricRow With(DurationHistogram waits, DurationHistogram holds)
    {
        Waits = waits;
        Holds = holds;
        return this;
    }

    public void Add(MetricRow other)
    {
        Waits.Add(other.Waits);
        Holds.Add(other.Holds);
        Conflicts += other.Conflicts;
        Timeouts += other.Timeouts;
        Broken += other.Broken;
    }

    public LockMetric ToMetric(string name) => new(name, Waits.ToMetric(), Holds.ToMetric(), Conflicts, Timeouts, Broken);
}
