using System;

namespace TaskLocking;

/// <summary>Which closed tasks leave the document for the archive.</summary>
public sealed record ArchiveRequest
{
    /// <summary>Those that were closed so long ago, or longer; from 0. By default 30 days.</summary>
    public TimeSpan OlderThan { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Only tasks of this swarm; null: of any and of none.</summary>
    public string? Swarm { get; init; }
}
