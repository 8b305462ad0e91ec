namespace TaskLocking.Topics;

/// <summary>A ref, or the head of a working tree without one.</summary>
/// <param name="Name">As <c>refs/heads/main</c>.</param>
/// <param name="Object">The object's id.</param>
internal sealed record GitRef(string Name, string Object);
