namespace TaskLocking.Model;

/// <summary>The notes of a todo with one more, as the todo is to have them.</summary>
internal interface INoteList
{
    /// <summary>In bytes.</summary>
    int Length { get; }
}
