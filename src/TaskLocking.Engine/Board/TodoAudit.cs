using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Looks through all todos of a state for what is not understood. Each is read to its last byte, which takes about as long as to read a
/// document: for those who ask for it, on no way that a request takes.
/// </summary>
internal sealed class TodoAudit
{
    // More of one value would not be read in one line.
    private const int MostShown = 200;

    private static readonly string[] Times =
        ["created", "created_at", "createdAt", "created_date", "lastModified", "updated_at", "completedAt"];

    private readonly List<TodoFinding> _findings = [];
    private TodoEntry _entry = null!;
    private int _place;

    /// <summary>What was found, by the place of the todo.</summary>
    public static IReadOnlyList<TodoFinding> Run(ITaskState state)
    {
        var audit = new TodoAudit();
        var entries = (state as StateSnapshot)?.Entries ?? state.Tasks.Select(task => task.Source).OfType<TodoEntry>().ToList();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => !entry.IsAddressable && entry.Id.Length > 0))
            counts[entry.Id] = counts.TryGetValue(entry.Id, out var known) ? known + 1 : 2;
        for (var i = 0; i < entries.Count; i++)
            audit.Look(entries[i], i + 1, counts.TryGetValue(entries[i].Id, out var count) ? count : 1);
        return audit._findings;
    }

    private void Look(TodoEntry entry, int place, int count)
    {
        (_entry, _place) = (entry, place);
        if (entry.Json.Span[0] != '{')
        {
            Add(TodoFindingKind.NoTodo, "", $"{Shown(entry.Json)} is no todo: it stays as it is");
            return;
        }
        var members = JsonSlices.Properties(entry.Json);
        LookAtId(members, count);
        var task = entry.Task;
        foreach (var text in task.Foreign.Dependencies)
            Add(TodoFindingKind.Dependency, "dependencies", $"the dependency {Cut(text)} is not understood and counts as not met; "
                + $"'tasklock graph remove' takes it out by this text, 'tasklock task set --depends-on' says what was meant");
        if (task.Foreign.Parent is { } parent)
            Add(TodoFindingKind.Parent, "parent", $"the parent {Cut(parent)} is not understood, so it is nobody's child; "
                + "'tasklock task set --parent' says what was meant");
        if (task.Foreign.Assignee is { } assignee)
            Add(TodoFindingKind.Assignee, "assignee", $"who has it is not understood ({Cut(assignee)}), so nobody gets it; assign it anew");
        if (task.Foreign.NotBefore is { } time)
            Add(TodoFindingKind.Time, "not before", $"'{Cut(time)}' is no time, so it is not started; set it anew with --not-before");
        if (task.Status == AgentTaskStatus.Unknown)
            Add(TodoFindingKind.Status, "status", $"the status '{Cut(task.StatusText)}' is none that is known: neither ready nor done");
        foreach (var name in members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
            Add(TodoFindingKind.Twice, name.Key, $"the member '{Cut(name.Key)}' is there twice, and readers see one of them: leave one");
        foreach (var name in task.Foreign.UnreadOwnNames)
            Add(TodoFindingKind.Own, name, $"'{name}' cannot be read, so nobody gets the task: mend it in the document, or give the task "
                + "back with 'tasklock retry --force'");
        foreach (var name in members.Where(member => IsReversed(member.Name) && !member.IsNull).Select(member => member.Name))
            Add(TodoFindingKind.Dependency, name, $"'{name}' names what waits for it, which is not followed: say it there, "
                + $"with 'tasklock graph add ID {Cut(entry.Id)}'");
        LookAtPriority(members);
        LookAtTimes(members.FindAll(member => Array.IndexOf(Times, member.Name) >= 0 && !member.IsNull && Text(member) is not ""));
        var subtasks = members.Find(member => member.Name == "subtasks");
        if (subtasks is { Value: [(byte)'[', ..] } && JsonSlices.Elements(subtasks.Memory).Count is > 0 and var parts)
            Add(TodoFindingKind.Subtasks, "subtasks", $"its {parts} subtasks are no tasks here: define those that agents shall take");
    }

    private static bool IsReversed(string name) => name is "blocks" or "dependents" or "requiredBy" or "required_by";

    private void LookAtId(List<JsonMember> members, int count)
    {
        var id = members.FindLast(member => member.Name == "id");
        if (_entry.Id.Length == 0)
        {
            Add(TodoFindingKind.NoId, "id", (id is null ? "it has no id" : $"its id is {Shown(id.Memory)}")
                + ", so no verb reaches it: give it one in the document");
        }
        else if (string.IsNullOrWhiteSpace(_entry.Id))
            Add(TodoFindingKind.NoId, "id", "its id is blank: give it one that can be seen, in the document");
        if (count > 1 && _entry.Id.Length > 0)
        {
            Add(TodoFindingKind.Duplicate, "id", $"duplicate id: {count} todos have it, and it counts as done when all are. "
                + (_entry.IsAddressable
                    ? "Verbs reach this one; remove it, and the next one takes its place"
                    : "No verb reaches this one before those ahead of it are removed"));
        }
    }

    private void LookAtPriority(List<JsonMember> members)
    {
        var priority = members.FindLast(member => member.Name == "priority");
        if (priority is null || priority.IsNull || TodoWords.IsPriority(Text(priority) ?? "?"))
            return;
        Add(TodoFindingKind.Priority, "priority", $"the priority {Shown(priority.Memory)} is none that is known, and counts as medium");
    }

    private void LookAtTimes(List<JsonMember> times)
    {
        var naive = new List<string>();
        foreach (var member in times)
        {
            var text = Text(member);
            if (Timestamp.Parse(text) is null)
                Add(TodoFindingKind.Time, member.Name,
                    $"{member.Name} {Shown(member.Memory)} is no time that is understood, and none here");
            else if (Timestamp.IsNaive(text!))
                naive.Add(member.Name);
        }
        if (naive.Count > 0)
        {
            Add(TodoFindingKind.NaiveTime, string.Join(", ", naive), $"{string.Join(" and ", naive)} "
                + $"{(naive.Count == 1 ? "tells" : "tell")} no offset, so no time of ours is compared with it as if it were UTC");
        }
    }

    private void Add(TodoFindingKind kind, string field, string message) =>
        _findings.Add(new TodoFinding(kind, _entry.Id.Length == 0 ? null : _entry.Id, _place, field, message));

    private static string? Text(JsonMember member)
    {
        var reader = JsonReading.Of(member.Value);
        reader.Read();
        return TodoText.Read(ref reader);
    }

    private static string Shown(ReadOnlyMemory<byte> json) => Cut(JsonSlices.Compact(json.Span));

    private static string Cut(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
