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
    // As the metrics of locks name the lock of the board.
    private const string State = "state";

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
            Counter("commits_total", "Commits, as the version of the board counts them.", board.GetVersion()),
            Gauge("event_streams", "Streams of events that are open.", streams()),
            Time("last_nightly_timestamp_seconds", "When the last nightly run ended, however it did; none without one.",
                board.GetLastRun()?.Finished),
            Time("last_nightly_success_timestamp_seconds", "When the last nightly run ended that was not stopped; none without one.",
                board.GetLastRun()?.Succeeded),
            new("build_info", "gauge", "The version of the server.", [new MetricSample(1, "version", ServerVersion.Text)]),
        ];
        if (board.Address is null)
            all.AddRange(OfFolder(board.GetMetrics()));
        return all;
    }

    private IEnumerable<MetricFamily> OfFolder(LockMetrics metrics)
    {
        var total = metrics.Total;
        return
        [
            Gauge("journal_bytes", "The size of the journals.", JournalSize.Of(board)),
            Summary("commit_hold_seconds", "How long commits held the board; what a flush takes comes on top.",
                metrics.Resources.FirstOrDefault(metric => metric.Name == State)?.Holds),
            Summary("lock_wait_seconds", "How long locks were waited for.", total.Waits),
            Summary("lock_hold_seconds", "How long locks were held.", total.Holds),
            Counter("lock_conflicts_total", "Requests refused because somebody else had what they asked for.", total.Conflicts),
            Counter("lock_timeouts_total", "Locks that were not free in time.", total.Timeouts),
            Counter("leases_broken_total", "Claims and leases taken from holders that were gone or silent.", total.BrokenLeases),
        ];
    }

    private static MetricFamily Summary(string name, string help, DurationMetric? metric) => new(name, "summary", help,
        metric is null ? [] :
        [
            Quantile(0.5, metric.P50), Quantile(0.95, metric.P95), Quantile(0.99, metric.P99),
            new(metric.Total.TotalSeconds, Suffix: "_sum"), new(metric.Count, Suffix: "_count"),
        ]);

    private static MetricSample Quantile(double part, TimeSpan length) =>
        new(length.TotalSeconds, "quantile", part.ToString(CultureInfo.InvariantCulture));

    private static MetricFamily Gauge(string name, string help, double value) => new(name, "gauge", help, [new MetricSample(value)]);

    // What has not been has no value: 0 would be a time, long ago.
    private static MetricFamily Time(string name, string help, DateTimeOffset? time) => new(name, "gauge", help,
        time is { } at ? [new MetricSample(at.ToUnixTimeMilliseconds() / 1000.0)] : []);

    private static MetricFamily Counter(string name, string help, double value) => new(name, "counter", help, [new MetricSample(value)]);

    private static string Word(AgentTaskStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
