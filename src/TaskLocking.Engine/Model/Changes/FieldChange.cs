namespace TaskLocking.Model;

/// <summary>One field of a todo that a change sets.</summary>
/// <param name="name">Which.</param>
/// <param name="value">
/// What it becomes: a text, a list of texts, a number, a time, a word for status or priority, or one of the records that a task has; null
/// takes it away. What comes back of it from where it is kept tells <see cref="StoredForm"/>.
/// </param>
internal sealed class FieldChange(FieldName name, object? value)
{
    public FieldName Name => name;

    public object? Value => value;

    /// <summary>Whether it is no field, and the history alone has it.</summary>
    public bool IsOnlyTold => name.Field == TodoField.None;

    /// <summary>Whether the history of the task tells it.</summary>
    public bool IsTold { get; init; }

    /// <summary>What it was, in the words of the history.</summary>
    public string? OldText { get; init; }

    /// <summary>What it becomes, in the words of the history.</summary>
    public string? NewText { get; init; }
}
