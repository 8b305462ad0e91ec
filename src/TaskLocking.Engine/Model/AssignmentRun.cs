using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What a nightly run did, or would do.</summary>
public sealed record AssignmentRun : BoardObject
{
    /// <summary>Whether nothing was changed because only a preview was asked for.</summary>
    public bool WhatIf { get; internal init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; internal init; }

    /// <summary>What maintenance found and did, in order.</summary>
    public IReadOnlyList<MaintenanceItem> Maintenance { get; internal init => field = FixedList<MaintenanceItem>.Of(value); } = [];

    /// <summary>What was assigned, in order.</summary>
    public IReadOnlyList<PlannedAssignment> Assigned { get; internal init => field = FixedList<PlannedAssignment>.Of(value); } = [];

    /// <summary>Ready tasks that stay where they are, with the reason.</summary>
    public IReadOnlyList<SkippedTask> Skipped { get; internal init => field = FixedList<SkippedTask>.Of(value); } = [];

    /// <summary>The closed tasks that left the document for the archive, in its order.</summary>
    public IReadOnlyList<string> Archived { get; internal init => field = FixedList<string>.Of(value); } = [];

    /// <summary>
    /// Why it ended early, or could leave no record of itself, for example a lock that was not to be had in time; what is told above was
    /// done all the same. Null when nothing was left to do. A failure before anything was done is an exception instead.
    /// </summary>
    public Refusal? Stopped { get; internal init; }

    private protected override BoardObject Parts(string workspace) => this with
    {
        Assigned = In(Assigned, workspace),
        Skipped = In(Skipped, workspace),
    };
}
