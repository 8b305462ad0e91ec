using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Server;

/// <summary>A tool as it is offered: its actions, the fields that these share, and what its answers have.</summary>
internal sealed record BoardTool(string Name, string Title, string Description)
{
    public required IReadOnlyList<ToolAction> Actions { get; init; }

    public required IReadOnlyList<ToolField> Fields { get; init; }

    /// <summary>The members of an answer, each with its types of JSON.</summary>
    public required IReadOnlyList<(string Name, string Types)> Answer { get; init; }

    public bool Changes => Actions.Any(action => action.Changes);

    /// <summary>The same with what only reads; null if nothing is left.</summary>
    public BoardTool? ReadOnly()
    {
        var left = Actions.Where(action => !action.Changes).ToList();
        return left.Count == 0 ? null : this with { Actions = left };
    }
}
