using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Server;

/// <summary>What a scraper asks for, in the text format of Prometheus: base units, no ids. Nothing of it takes a lock.</summary>
internal sealed class MetricsText(TaskBoard board, TimeProvider clock)
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public static string Of(TaskBoard board, TimeProvider clock) => new MetricsText(board, clock).Write();

    private string Write()
    {
        var (progress, ready, now) = (board.GetProgress(), board.GetReady(), clock.GetUtcNow());
        Begin("tasks", "gauge", "Tasks by status.");
        foreach (var status in Enum.GetValues<AgentTaskStatus>())
            Value("tasks", progress.ByStatus.TryGetValue(status, out var count) ? count : 0, $"status=\"{Word(status)}\"");
        Gauge("tasks_ready", "Tasks that could be taken now.", ready.Count);
        Gauge("tasks_ready_oldest_age_seconds", "Age of the oldest of these by its creation; 0 for none.",
            ready.Select(task => task.Created is { } created ? (now - created).TotalSeconds : 0).DefaultIfEmpty(0).Max());
        Gauge("tasks_stuck", "Tasks that will never be done as things stand.", progress.Stuck.Count);
        WriteClaims(now);
        Gauge("file_leases", "Leases on files that hold.", board.GetFileLeases().Count);
        Gauge("agents", "Registered agents.", board.GetAgents().Count);
        Gauge("store_version", "The number of the newest commit.", board.GetVersion());
        if (board.Address is null)
            WriteLocks(board.GetMetrics());
        Begin("build_info", "gauge", "The version of the server.");
        Value("build_info", 1, $"version=\"{ServerVersion.Text}\"");
        return _text.ToString();
    }

    private void WriteClaims(DateTimeOffset now)
    {
        var claims = board.GetTasks().Select(task => task.Claim).OfType<TaskClaim>().ToList();
        Gauge("claims", "Claims that somebody has.", claims.Count);
        Gauge("claims_ended", "Claims whose process or time has ended, and that nobody has taken back yet.",
            claims.Count(claim => ProcessLiveness.OfThisHost.EndOf(claim) is not null));
        Gauge("claims_expiring", "Claims by time that end within five minutes.",
            claims.Count(claim => claim.Pid is null && claim.Expires > now && claim.Expires < now + TimeSpan.FromMinutes(5)));
    }

    private void WriteLocks(LockMetrics metrics)
    {
        Summary("lock_wait_seconds", "How long locks were waited for.", metrics.Total.Waits);
        Summary("lock_hold_seconds", "How long locks were held.", metrics.Total.Holds);
        Counter("lock_conflicts_total", "Requests refused because somebody else had what they asked for.", metrics.Total.Conflicts);
        Counter("lock_timeouts_total", "Locks that were not free in time.", metrics.Total.Timeouts);
        Counter("leases_broken_total", "Leases taken from holders that were gone.", metrics.Total.BrokenLeases);
    }

    private void Summary(string name, string help, DurationMetric metric)
    {
        Begin(name, "summary", help);
        Value(name, metric.P50.TotalSeconds, "quantile=\"0.5\"");
        Value(name, metric.P95.TotalSeconds, "quantile=\"0.95\"");
        Value(name, metric.P99.TotalSeconds, "quantile=\"0.99\"");
        Value(name + "_sum", metric.Total.TotalSeconds);
        Value(name + "_count", metric.Count);
    }

    private void Gauge(string name, string help, double value) => One(name, "gauge", help, value);

    private void Counter(string name, string help, double value) => One(name, "counter", help, value);

    private void One(string name, string type, string help, double value)
    {
        Begin(name, type, help);
        Value(name, value);
    }

    private void Begin(string name, string type, string help) =>
        _text.Append($"# HELP tasklock_{name} {help}\n# TYPE tasklock_{name} {type}\n");

    private void Value(string name, double value, string? labels = null)
    {
        _text.Append("tasklock_").Append(name);
        if (labels is not null)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Word(AgentTaskStatus status) => status switch
    {
        AgentTaskStatus.InProgress => "in_progress",
        _ => status.ToString().ToLowerInvariant(),
    };
}
