using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>One commit of a board: what happened, when, to which tasks, and who did it.</summary>
/// <remarks>
/// A commit is one event, whatever it changes: who has seen it goes on behind its <see cref="Version"/> and has seen all of it. Of several
/// changes the event itself tells the first.
/// </remarks>
public sealed record TaskEvent : BoardObject
{
    internal TaskEvent(long version, DateTimeOffset? time, string? by, IReadOnlyList<TaskEventChange> changes)
    {
        (Version, Time, By) = (version, time, by);
        Changes = FixedList<TaskEventChange>.Of(changes);
    }

    private TaskEvent(TaskEvent other)
        : base(other)
    {
        (Version, Time, By) = (other.Version, other.Time, other.By);
        Changes = FixedList<TaskEventChange>.Of(other.Changes.Select(change => change with { }));
    }

    /// <summary>The number of the commit, higher than that of every event before: to go on behind it, name it.</summary>
    public long Version { get; }

    /// <summary>When; null for a reset.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Who made the commit; null for a reset.</summary>
    public string? By { get; }

    /// <summary>What it changed, in its order; empty where it only told a new version.</summary>
    public IReadOnlyList<TaskEventChange> Changes { get; }

    /// <summary>What happened.</summary>
    public TaskEventKind Kind => First?.Kind ?? TaskEventKind.Changed;

    /// <summary>The tasks that it changed, each once.</summary>
    public IReadOnlyList<string> TaskIds =>
        FixedList<string>.Of(
            Changes.Where(change => change.TaskId is not null).Select(change => change.TaskId!).Distinct(StringComparer.Ordinal));

    /// <summary>The first of these tasks; null if there is none.</summary>
    public string? TaskId => Changes.FirstOrDefault(change => change.TaskId is not null)?.TaskId;

    /// <inheritdoc cref="TaskEventChange.Agent"/>
    public string? Agent => First?.Agent;

    /// <inheritdoc cref="TaskEventChange.From"/>
    public AgentTaskStatus? From => First?.From;

    /// <inheritdoc cref="TaskEventChange.To"/>
    public AgentTaskStatus? To => First?.To;

    /// <inheritdoc cref="TaskEventChange.Reason"/>
    public string? Reason => First?.Reason;

    /// <summary>Whether what is known of the board counts no longer.</summary>
    public bool IsReset => Kind == TaskEventKind.Reset;

    private TaskEventChange? First => Changes.Count > 0 ? Changes[0] : null;

    /// <summary>The version and what happened, on one line.</summary>
    public override string ToString() => TerminalText.Line($"{Version} {string.Join(", ", Changes)}");

    /// <summary>What tells that the board is another.</summary>
    internal static TaskEvent Reset(long version, string reason) =>
        new(version, null, null, [new TaskEventChange(TaskEventKind.Reset) { Reason = reason }]);
}
