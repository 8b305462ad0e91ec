using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace TaskLocking.Server;

/// <summary>
/// What is counted of a board: base units, no ids of tasks, so that there are never more of them than here. Nothing of it takes a lock.
/// </summary>
internal sealed class BoardMetrics(TaskBoard board, Func<int> streams, TimeProvider clock)
{
    /// <summary>All of it as it is now.</summary>
    public IReadOnlyList<MetricFamily> Read()
    {
        var (progress, ready, now) = (board.GetProgress(), board.GetReady(), clock.GetUtcNow());
        var claims = board.GetTasks().Select(task => task.Claim).OfType<TaskClaim>().ToList();
        List<MetricFamily> all =
        [
            new("tasks", "gauge", "Tasks by status.", [.. Enum.GetValues<AgentTaskStatus>().Select(status =>
                new MetricSample(progress.ByStatus.TryGetValue(status, out var count) ? count : 0, "status", Word(status)))]),
            Gauge("tasks_ready", "Tasks that could be taken now.", ready.Count),
            Gauge("tasks_ready_oldest_age_seconds", "Age of the oldest of these by its creation; 0 for none.",
                ready.Select(task => task.Created is { } created ? (now - created).TotalSeconds : 0).DefaultIfEmpty(0).Max()),
            Gauge("tasks_stuck", "Tasks that will never be done as things stand.", progress.Stuck.Count),
            Gauge("claims", "Claims that somebody has.", claims.Count),
            Gauge("claims_ended", "Claims whose process or time has ended, and that nobody has taken back yet.",
                claims.Count(claim => ProcessLiveness.OfThisHost.EndOf(claim) is not null)),
            Gauge("claims_expiring", "Claims by time that end within five minutes.",
                claims.Count(claim => claim.Pid is null && claim.Expires > now && claim.Expires < now + TimeSpan.FromMinutes(5))),
            Gauge("file_leases", "Leases on files that hold.", board.GetFileLeases().Count),
            Gauge("agents", "Registered agents.", board.GetAgents().Count),
            Gauge("store_version", "The number of the newest commit.", board.GetVersion()),
            Gauge("event_streams", "Streams of events that are open.", streams()),
            new("build_info", "gauge", "The version of the server.", [new MetricSample(1, "version", ServerVersion.Text)]),
        ];
        if (board.Address is null)
            all.AddRange(OfFolder(board.GetMetrics().Total));
        return all;
    }

    private IEnumerable<MetricFamily> OfFolder(LockMetric total) =>
    [
        Gauge("journal_bytes", "The size of the journals.", JournalSize.Of(board)),
        Summary("lock_wait_seconds", "How long locks were waited for.", total.Waits),
        Summary("lock_hold_seconds", "How long locks were held.", total.Holds),
        Counter("lock_conflicts_total", "Requests refused because somebody else had what they asked for.", total.Conflicts),
        Counter("lock_timeouts_total", "Locks that were not free in time.", total.Timeouts),
        Counter("leases_broken_total", "Leases taken from holders that were gone.", total.BrokenLeases),
    ];

    private static MetricFamily Summary(string name, string help, DurationMetric metric) => new(name, "summary", help,
    [
        Quantile(0.5, metric.P50), Quantile(0.95, metric.P95), Quantile(0.99, metric.P99),
        new(metric.Total.TotalSeconds, Suffix: "_sum"), new(metric.Count, Suffix: "_count"),
    ]);

    private static MetricSample Quantile(double part, TimeSpan length) =>
        new(length.TotalSeconds, "quantile", part.ToString(CultureInfo.InvariantCulture));

    private static MetricFamily Gauge(string name, string help, double value) => new(name, "gauge", help, [new MetricSample(value)]);

    private static MetricFamily Counter(string name, string help, double value) => new(name, "counter", help, [new MetricSample(value)]);

    private static string Word(AgentTaskStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
