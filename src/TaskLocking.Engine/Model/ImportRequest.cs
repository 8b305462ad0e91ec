using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Tasks of a file, or of another tool, to take over in one commit, or none of them.</summary>
/// <param name="Files">Of one format.</param>
public sealed record ImportRequest(IReadOnlyList<ImportFile> Files)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<ImportFile> Files { get; init => field = FixedList<ImportFile>.Of(value); } = FixedList<ImportFile>.Of(Files);

    /// <summary>Their form; null: as the files look.</summary>
    public TaskFormat? Format { get; init; }

    /// <summary>Change what is there already and differs; else that is refused.</summary>
    public bool Update { get; init; }

    /// <summary>Take over what depends on tasks that nobody has: it will wait. Else that is refused.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>The swarm of those that name none.</summary>
    public string? Swarm { get; init; }

    /// <summary>The folder that paths in definitions are relative to; null for the workspace.</summary>
    public string? Folder { get; init; }
}
