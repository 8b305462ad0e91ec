using System;

namespace TaskLocking;

/// <summary>Who a task is given to: the <c>assignee</c> object of a todo.</summary>
public sealed record Assignee(string Type, string Name, string? Hostname = null, DateTimeOffset? AssignedAt = null,
    string? AssignedBy = null) : ValueObject
{
    /// <summary>"agent", "human" or "host"; other words in a foreign file are kept.</summary>
    public string Type { get; } = Type;

    /// <summary>The name within its type; compared ordinally.</summary>
    public string Name { get; } = Name;

    /// <summary>The machine that it works on, if told.</summary>
    public string? Hostname { get; } = Hostname;

    /// <summary>When.</summary>
    public DateTimeOffset? AssignedAt { get; } = AssignedAt;

    /// <summary>By whom.</summary>
    public string? AssignedBy { get; } = AssignedBy;

    /// <summary>Type and name alone decide whether two assignees are the same.</summary>
    public bool IsSameAs(Assignee? other) =>
        other is not null && string.Equals(Type, other.Type, StringComparison.Ordinal)
            && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <summary>True for the name, or "type:name", of this assignee.</summary>
    internal bool IsNamed(string? name) =>
        string.Equals(Name, name, StringComparison.Ordinal) || string.Equals(ToString(), name, StringComparison.Ordinal);

    /// <summary>"type:name", as the messages and the history write it.</summary>
    public override string ToString() => Type + ":" + Name;
}
