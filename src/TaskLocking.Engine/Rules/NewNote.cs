using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>Leaves a note on a task, as long as there is room for it.</summary>
internal static class NewNote
{
    /// <summary>Adds it to a change; what refuses it otherwise, and nothing is added.</summary>
    public static Refusal? Add(TaskChange change, AgentTask task, TaskDraft draft, string kind, string text)
    {
        var notes = task.Source!.WithNote(new TaskNote(kind, NoteText.Of(text), draft.Now, draft.By, null));
        if (notes.Length > NoteText.MaxBytes)
        {
            return TaskRefusals.Invalid(task.Id, $"The notes of task {task.Id} would have {notes.Length} bytes; at most "
                + $"{NoteText.MaxBytes} are kept. Put this one into a file, and leave a short note that names it.");
        }
        change.AddNote(notes);
        return null;
    }
}
