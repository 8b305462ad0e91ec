using System;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// What the last nightly run left behind: when it was, and what it did. A run that found nothing to do within a quarter of an hour of one
/// that ended well leaves none of its own.
/// </summary>
public sealed record AssignmentRunRecord : BoardObject
{
    internal const int LongestReason = 500;

    internal AssignmentRunRecord(DateTimeOffset started, DateTimeOffset finished, string by, string? swarm, DateTimeOffset? succeeded,
        string? stopped)
    {
        (Started, Finished, By, Swarm, Succeeded) = (started, finished, by, swarm, succeeded);
        Stopped = stopped is { Length: > LongestReason } ? stopped.Substring(0, LongestReason) : stopped;
    }

    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private AssignmentRunRecord(AssignmentRunRecord other)
        : base(other)
    {
        (Started, Finished, By, Swarm) = (other.Started, other.Finished, other.By, other.Swarm);
        (Succeeded, Stopped) = (other.Succeeded, other.Stopped);
        (Maintained, Assigned, Skipped, Archived) = (other.Maintained, other.Assigned, other.Skipped, other.Archived);
    }

    internal AssignmentRunRecord(AssignmentRunRecord other, int maintained, int assigned, int skipped, int archived)
        : this(other) => (Maintained, Assigned, Skipped, Archived) = (maintained, assigned, skipped, archived);

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>When it had ended, and was recorded.</summary>
    public DateTimeOffset Finished { get; }

    /// <summary>Who ran it.</summary>
    public string By { get; }

    /// <summary>The swarm that it was for; null for all tasks.</summary>
    public string? Swarm { get; }

    /// <summary>When the last run ended that was not stopped, this one or an earlier one; null if none was.</summary>
    public DateTimeOffset? Succeeded { get; }

    /// <summary>Why it ended early, at most 500 characters; null if it did not.</summary>
    public string? Stopped { get; }

    /// <summary>How many claims, leases and tasks maintenance set right.</summary>
    public int Maintained { get; }

    /// <summary>How many tasks were assigned.</summary>
    public int Assigned { get; }

    /// <summary>How many ready tasks stayed where they were.</summary>
    public int Skipped { get; }

    /// <summary>How many closed tasks left the document for the archive.</summary>
    public int Archived { get; }
}
