using System;

namespace TaskLocking.Tasks;

/// <summary>Who a task is given to: the <c>assignee</c> object of a todo.</summary>
/// <param name="Type">"agent", "human" or "host"; other words in a foreign file are kept.</param>
/// <param name="Name">The name within its type; compared ordinally.</param>
/// <param name="Hostname">The machine that it works on, if told.</param>
/// <param name="AssignedAt">When.</param>
/// <param name="AssignedBy">By whom.</param>
public sealed record Assignee(string Type, string Name, string? Hostname = null, DateTimeOffset? AssignedAt = null, string? AssignedBy = null)
{
    /// <summary>Type and name alone decide whether two assignees are the same.</summary>
    public bool IsSameAs(Assignee? other) =>
        other is not null && string.Equals(Type, other.Type, StringComparison.Ordinal) && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <summary>True for the name, or "type:name", of this assignee.</summary>
    internal bool IsNamed(string? name) =>
        string.Equals(Name, name, StringComparison.Ordinal) || string.Equals(ToString(), name, StringComparison.Ordinal);

    /// <summary>"type:name", as the messages and the history write it.</summary>
    public override string ToString() => Type + ":" + Name;
}
