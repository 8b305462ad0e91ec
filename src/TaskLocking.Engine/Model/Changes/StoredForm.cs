using System;

namespace TaskLocking.Model;

/// <summary>
/// Values as they come back from where they are kept: times in UTC with whole milliseconds, spans as seconds. Who decides over the value
/// that he sets decides over the one that others will read.
/// </summary>
internal static class StoredForm
{
    public static DateTimeOffset Of(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    public static DateTimeOffset? Of(DateTimeOffset? time) => time is { } told ? Of(told) : null;

    public static TimeSpan Of(TimeSpan span) => TimeSpan.FromSeconds(span.TotalSeconds);

    public static TimeSpan? Of(TimeSpan? span) => span is { } told ? Of(told) : null;

    public static TaskClaim? Of(TaskClaim? claim) => claim is null ? null : new TaskClaim(claim.Token, claim.Agent, Of(claim.Claimed),
        Of(claim.Expires), Of(claim.Ttl), claim.Host, claim.Pid, claim.ProcessStart);

    public static TaskFailure? Of(TaskFailure? failure) =>
        failure is null ? null : new TaskFailure(failure.Reason, Of(failure.At), failure.Agent, failure.Output);

    public static Assignee? Of(Assignee? assignee) => assignee is null ? null
        : new Assignee(assignee.Type, assignee.Name, assignee.Hostname, Of(assignee.AssignedAt), assignee.AssignedBy);
}
