namespace TaskLocking.Model;

/// <summary>A todo that a commit has left long, so that it is worth a look how much of it is history.</summary>
/// <param name="Id">The task.</param>
/// <param name="Length">Its bytes, or somewhat more.</param>
internal readonly record struct LongTodo(string Id, long Length);
