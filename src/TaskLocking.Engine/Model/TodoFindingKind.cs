namespace TaskLocking;

/// <summary>What a finding is about.</summary>
public enum TodoFindingKind
{
    /// <summary>It stands among the todos and is none.</summary>
    NoTodo,

    /// <summary>It has no id, so no verb reaches it.</summary>
    NoId,

    /// <summary>Several have this id; verbs reach the first, and it counts as done when all are.</summary>
    Duplicate,

    /// <summary>A dependency that is not understood; it counts as not met.</summary>
    Dependency,

    /// <summary>Who has it, in words that are not understood; nobody gets it.</summary>
    Assignee,

    /// <summary>A status that none is written as; the task is neither ready nor done.</summary>
    Status,

    /// <summary>A priority that none is written as; it counts as medium.</summary>
    Priority,

    /// <summary>A time that is none; where the task may not be started before it, it is not started.</summary>
    Time,

    /// <summary>A time without an offset: it is compared by the moments that it can mean. A remark.</summary>
    NaiveTime,

    /// <summary>Tasks within the todo, which are none here.</summary>
    Subtasks,

    /// <summary>A member that is there twice; where it decides, the task is not started.</summary>
    Twice,

    /// <summary>What this program keeps of the task, under <c>taskLocking</c>, and cannot be read; the task is not started.</summary>
    Own,

    /// <summary>What it is a part of, in words that are not understood; it is nobody's child.</summary>
    Parent,
}
