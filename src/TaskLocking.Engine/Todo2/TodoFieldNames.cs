using System;
using System.Collections.Generic;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>What the fields of a todo are called, here and in other tools.</summary>
internal static class TodoFieldNames
{
    /// <summary>What the members of a todo are called, in order, that tell a field.</summary>
    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> todo, TodoField field)
    {
        var names = new List<string>();
        foreach (var member in JsonSlices.Properties(todo))
        {
            if (Field(Encoding.UTF8.GetBytes(member.Name), own: false) == field)
                names.Add(member.Name);
        }
        return names;
    }

    /// <summary>The field of this name; none for anything else.</summary>
    /// <param name="name">Its bytes.</param>
    /// <param name="own">Whether it stands under our key.</param>
    public static TodoField Field(ReadOnlySpan<byte> name, bool own)
    {
        if (own)
        {
            return Is(name, "version"u8, TodoField.Version) | Is(name, "agent"u8, TodoField.Agent)
                | Is(name, "taskFile"u8, TodoField.TaskFile) | Is(name, "swarm"u8, TodoField.Swarm)
                | Is(name, "requires"u8, TodoField.Requires) | ExecutionParser.Field(name);
        }
        var field = name.Length switch
        {
            4 => Is(name, "name"u8, TodoField.Name) | Is(name, "tags"u8, TodoField.Tags) | Is(name, "done"u8, TodoField.IsDone)
                | Is(name, "wait"u8, TodoField.DeferUntil),
            5 => Is(name, "title"u8, TodoField.Title) | Is(name, "state"u8, TodoField.State),
            6 => Is(name, "status"u8, TodoField.Status) | Is(name, "parent"u8, TodoField.Parent),
            7 => Is(name, "content"u8, TodoField.Content) | Is(name, "created"u8, TodoField.Created)
                | Is(name, "depends"u8, TodoField.DependsOn) | Is(name, "checked"u8, TodoField.IsDone),
            8 => Is(name, "assignee"u8, TodoField.Assignee) | Is(name, "priority"u8, TodoField.Priority)
                | Is(name, "comments"u8, TodoField.Comments) | Is(name, "parentId"u8, TodoField.Parent),
            9 => Is(name, "dependsOn"u8, TodoField.DependsOn) | Is(name, "blockedBy"u8, TodoField.DependsOn)
                | Is(name, "assignees"u8, TodoField.Assignees) | Is(name, "createdAt"u8, TodoField.CreatedAt)
                | Is(name, "completed"u8, TodoField.IsDone) | Is(name, "scheduled"u8, TodoField.DeferUntil)
                | Is(name, "parent_id"u8, TodoField.Parent),
            10 => Is(name, "updated_at"u8, TodoField.UpdatedAt) | Is(name, "depends_on"u8, TodoField.DependsOn)
                | Is(name, "blocked_by"u8, TodoField.DependsOn) | Is(name, "created_at"u8, TodoField.CreatedAt)
                | Is(name, "deferUntil"u8, TodoField.DeferUntil),
            11 => Is(name, "completedAt"u8, TodoField.CompletedAt) | Is(name, "description"u8, TodoField.Description)
                | Is(name, "taskLocking"u8, TodoField.Own) | Is(name, "defer_until"u8, TodoField.DeferUntil),
            12 => Is(name, "lastModified"u8, TodoField.LastModified) | Is(name, "dependencies"u8, TodoField.Dependencies)
                | Is(name, "state_reason"u8, TodoField.StateReason) | Is(name, "is_completed"u8, TodoField.IsDone)
                | Is(name, "created_date"u8, TodoField.CreatedAt) | Is(name, "parentTaskId"u8, TodoField.Parent),
            14 => Is(name, "parent_task_id"u8, TodoField.Parent),
            16 => Is(name, "long_description"u8, TodoField.LongDescription),
            _ => TodoField.None,
        };
        return field != TodoField.None ? field : DependencyNames.Has(name) ? TodoField.DependsOn : TodoField.None;

        static TodoField Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, TodoField field) =>
            name.SequenceEqual(known) ? field : TodoField.None;
    }
}
