using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Whether a path could be taken now.</summary>
public sealed record FileTestResult(string Path, bool IsFree, IReadOnlyList<FileLease> Conflicts, string? Pattern = null) : BoardObject
{
    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private FileTestResult(FileTestResult other)
        : base(other)
    {
        (Path, IsFree, Pattern) = (other.Path, other.IsFree, other.Pattern);
        Conflicts = FixedList<FileLease>.Of(other.Conflicts.Select(lease => lease with { }));
    }

    private protected override BoardObject Parts(string workspace) => this with { Conflicts = In(Conflicts, workspace) };

    /// <summary>Relative to the workspace, as people read it.</summary>
    public string Path { get; } = Path;

    /// <summary>
    /// The same as a request takes it: letters of a pattern that are part of a name stand in brackets ("app/[[]id].tsx").
    /// </summary>
    public string Pattern { get; } = Pattern ?? Path;

    /// <summary>Nobody else's lease stands in the way.</summary>
    public bool IsFree { get; } = IsFree;

    /// <summary>The leases that do.</summary>
    public IReadOnlyList<FileLease> Conflicts { get; private init => field = FixedList<FileLease>.Of(value); }
        = FixedList<FileLease>.Of(Conflicts);
}
