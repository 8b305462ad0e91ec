using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// What a todo is to wait for where another tool wrote that in its own way: what still holds of it stays in its words, which only the
/// source of the task knows.
/// </summary>
internal interface IForeignDependencies
{
    /// <summary>The ids, in the order in which they are written.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>What stays and is not understood, as the todo writes it.</summary>
    IReadOnlyList<string> Unread { get; }

    /// <summary>Whether all of it is a list of texts, as we write it.</summary>
    bool IsPlain { get; }
}
