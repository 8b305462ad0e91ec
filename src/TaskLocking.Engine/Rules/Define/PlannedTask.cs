using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>A task as a file has it.</summary>
/// <param name="Place">Where in the file, for whoever is told of it.</param>
/// <param name="Task">The task; its source is the todo that is taken over.</param>
/// <param name="Given">The fields that the file tells: of a task that is there no other is compared.</param>
internal sealed record PlannedTask(string Place, AgentTask Task, TodoField Given)
{
    public bool Gives(TodoField field) => (Given & field) != TodoField.None;
}
