using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// What a board hands out and what leads back to it: a task, a lease, an agent, a report. Who shows it to somebody who may have several
/// workspaces gives it the name of its own (<see cref="In"/>); nobody can change it afterwards.
/// </summary>
public abstract record BoardObject : ValueObject
{
    /// <summary>The folder that has <c>.todo2</c>, or that topics were looked for from, full path; null where nobody told.</summary>
    public string? Workspace { get; private init; }

    /// <summary>A copy that tells its workspace, as do the parts that it has, and shares none of them.</summary>
    /// <param name="workspace">The full path.</param>
    public BoardObject In(string workspace) => Parts(workspace) with { Workspace = workspace };

    /// <summary>A copy whose parts tell the workspace.</summary>
    private protected virtual BoardObject Parts(string workspace) => this;

    /// <summary>A list of parts, each told its workspace.</summary>
    private protected static IReadOnlyList<T> In<T>(IReadOnlyList<T> parts, string workspace)
        where T : BoardObject => FixedList<T>.Of(parts.Select(part => (T)part.In(workspace)));
}
