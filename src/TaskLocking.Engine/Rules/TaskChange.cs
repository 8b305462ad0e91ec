using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// The change of one task, field by field. A field that has the value already is passed over; each other one gets its
/// <c>changes[]</c> entry (field, oldValue, newValue, timestamp, by), and <c>lastModified</c> is set, in the same commit.
/// </summary>
internal sealed class TaskChange
{
    private readonly TaskDraft _draft;
    private readonly AgentTask _task;
    private readonly List<FieldChange> _fields = [];
    private bool _isTold;
    private bool _hasOwn;

    internal TaskChange(TaskDraft draft, AgentTask task)
    {
        _draft = draft;
        _task = task;
    }

    /// <summary>True if anything was set to a new value so far.</summary>
    public bool IsChange => _isTold || _hasOwn;

    /// <summary>Sets a text field of the todo ("name", "content"); null removes it.</summary>
    public TaskChange Set(string field, string? oldValue, string? newValue) =>
        SetText(FieldName.OfText(field, isOwn: false), oldValue, newValue);

    /// <summary>Sets a list of texts of the todo ("tags", "dependencies").</summary>
    public TaskChange Set(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        if (field == "dependencies" && _task.Foreign.HasOwnDependencies)
            return SetDependencies(newValue, _task.Foreign.Dependencies);
        if (SetList(FieldName.OfText(field, isOwn: false), oldValue, newValue) && field == "dependencies")
            Keep(FieldName.DependsOn, null); // Two names of one list: the other would bring back what was taken out.
        return this;
    }

    /// <summary>
    /// Sets what the task waits for, where another tool wrote it in its own way: what is understood of it and stays is left as it is.
    /// </summary>
    /// <param name="ids">What it waits for.</param>
    /// <param name="unread">What stays of that which is not understood.</param>
    internal TaskChange SetDependencies(IReadOnlyList<string> ids, IReadOnlyList<string> unread)
    {
        var (before, kept) = (_task.Foreign.Dependencies, unread.Where(_task.Foreign.Dependencies.Contains).ToList());
        if (_task.Dependencies.SequenceEqual(ids, StringComparer.Ordinal) && kept.Count == before.Count
            && !_task.Foreign.HasDouble(TodoField.Dependencies))
            return this;
        Tell(FieldName.Dependencies, string.Join(", ", _task.Dependencies.Concat(before)), string.Join(", ", ids.Concat(kept)),
            _task.Source!.Rewrite(ids, kept));
        RemoveOthers(TodoField.DependsOn);
        return this;
    }

    /// <summary>Removes the other names of a field of the todo, as far as it has them.</summary>
    internal void RemoveOthers(TodoField field)
    {
        foreach (var name in _task.Source!.NamesOf(field))
            Keep(new FieldName(name, field), null);
    }

    /// <summary>Sets a text field of ours ("agent", "taskFile", "swarm"), kept under <c>taskLocking</c>; null removes it.</summary>
    public TaskChange SetOwn(string field, string? oldValue, string? newValue) =>
        SetText(FieldName.OfText(field, isOwn: true), oldValue, newValue);

    /// <summary>Sets a list of ours ("requires").</summary>
    public TaskChange SetOwn(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue) =>
        SetOwn(FieldName.OfText(field, isOwn: true), oldValue, newValue);

    internal TaskChange SetOwn(FieldName field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        // What is not understood there is written over even where it counts as nothing.
        if (!SetList(field, oldValue, newValue) && _task.Foreign.HasUnread(field.Field))
            Keep(field, FixedList<string>.Of(newValue));
        return this;
    }

    /// <summary>Sets a field to any value; null removes it. The history gets the texts.</summary>
    internal TaskChange Tell(FieldName field, string? oldText, string? newText, object? value) =>
        Add(new FieldChange(field, value) { IsTold = true, OldText = oldText, NewText = newText });

    /// <summary>The same for what the history does not tell: no event in the life of the task.</summary>
    internal TaskChange Keep(FieldName field, object? value) => Add(new FieldChange(field, value));

    /// <summary>Sets the status in the document's words, and <c>completedAt</c> with Done.</summary>
    public TaskChange SetStatus(AgentTaskStatus status)
    {
        if (status == _task.Status && !_task.Foreign.HasDouble(TodoField.Status))
            return this;
        // What is there twice is written even where readers see the same.
        Tell(FieldName.Status, _task.StatusText, TodoWords.Of(status), status);
        if (status == AgentTaskStatus.Done)
            Keep(FieldName.CompletedAt, _draft.Now);
        else if (_task.CompletedAt is not null)
            Keep(FieldName.CompletedAt, null);
        return this;
    }

    /// <summary>
    /// Sets the task that it is a part of; null for none. In the name that the todo has for it already, of whichever tool.
    /// </summary>
    internal TaskChange SetParent(string? parent)
    {
        if (string.Equals(_task.Parent, parent, StringComparison.Ordinal) && _task.Foreign.Parent is null)
            return this;
        var names = _task.Source?.NamesOf(TodoField.Parent).Distinct(StringComparer.Ordinal).ToList() ?? [];
        foreach (var other in names.Skip(1))
            Keep(new FieldName(other, TodoField.Parent), null);
        return Tell(names.Count == 0 ? FieldName.Parent : new FieldName(names[0], TodoField.Parent),
            _task.Parent ?? _task.Foreign.Parent, parent, parent);
    }

    /// <summary>Tells in the history why the task comes to another status with its children.</summary>
    internal TaskChange TellChildren(string? before, string after) => Tell(FieldName.Children, before, after, null);

    /// <summary>Sets the priority in the document's words.</summary>
    public TaskChange SetPriority(TaskPriority priority) => priority == _task.Priority ? this
        : Tell(FieldName.Priority, TodoWords.Of(_task.Priority), TodoWords.Of(priority), priority);

    /// <summary>Sets who has the task; null for nobody. Logged as "type:name".</summary>
    public TaskChange SetAssignee(Assignee? assignee)
    {
        if (_task.Foreign.Assignee is null && !_task.Foreign.HasDouble(TodoField.Assignee)
            && (assignee is null ? _task.Assignee is null : assignee.IsSameAs(_task.Assignee)))
            return this;
        if (_task.Foreign.HasAssignees)
            RemoveOthers(TodoField.Assignees);
        return Tell(FieldName.Assignee, _task.Assignee?.ToString() ?? _task.Foreign.Assignee, assignee?.ToString(), assignee);
    }

    /// <summary>Adds a note. The history shows it from where it is kept, so it gets no entry besides.</summary>
    internal TaskChange AddNote(INoteList notes)
    {
        Keep(FieldName.Comments, notes);
        _isTold = true;
        return this;
    }

    /// <summary>Records the change and gives the task as it will be; the same task if nothing changed.</summary>
    public AgentTask Apply()
    {
        if (!IsChange)
            return _task;
        if (_isTold)
        {
            Keep(FieldName.LastModified, _draft.Now);
            if (_task.HasUpdatedAt)
                Keep(FieldName.UpdatedAt, _draft.Now);
        }
        return _draft.Patch(_task, _fields);
    }

    private TaskChange SetText(FieldName field, string? oldValue, string? newValue) =>
        string.Equals(oldValue, newValue, StringComparison.Ordinal) ? this : Tell(field, oldValue, newValue, newValue);

    private bool SetList(FieldName field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        if (oldValue.SequenceEqual(newValue, StringComparer.Ordinal))
            return false;
        Tell(field, string.Join(", ", oldValue), string.Join(", ", newValue), FixedList<string>.Of(newValue));
        return true;
    }

    private TaskChange Add(FieldChange field)
    {
        _fields.Add(field);
        _isTold |= field.IsTold;
        _hasOwn |= field.Name.IsOwn;
        return this;
    }
}
