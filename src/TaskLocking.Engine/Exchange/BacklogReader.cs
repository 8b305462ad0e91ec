using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// The folder of Backlog.md: a file a task, with front matter. What stands below is the text of the task, without the marks that the tool
/// finds its sections by. Ids are compared in any case, as it does.
/// </summary>
internal static class BacklogReader
{
    private static readonly string[] Known = ["id", "title", "status", "assignee", "labels", "dependencies", "priority", "created_date",
        "updated_date", "completed_date"];

    public static void Read(ImportRequest request, PlanReading reading)
    {
        var tasks = new List<(ImportFile File, FrontMatter Matter)>();
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in request.Files)
        {
            if (file.Name.StartsWith("archive/", StringComparison.Ordinal) || file.Name.StartsWith("drafts/", StringComparison.Ordinal))
            {
                reading.Count(file.Name[0] == 'a' ? "a task of the archive was left out" : "a draft was left out");
                continue;
            }
            if (FrontMatter.Read(Encoding.UTF8.GetString(file.Content.ToArray())) is not { } matter || matter.Text("id") is not { } id)
            {
                reading.Remark(file.Name, "no front matter with an id: it was left out");
                continue;
            }
            tasks.Add((file, matter));
            ids[id] = id;
        }
        if (tasks.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{request.Files[0].Name}: there is no task of Backlog.md. Name its folder, for example backlog.");
        foreach (var (file, matter) in tasks)
            reading.Add(Todo(file, matter, ids, request));
    }

    private static PlannedTodo Todo(ImportFile file, FrontMatter matter, Dictionary<string, string> ids, ImportRequest request)
    {
        var todo = new PlannedTodo(file.Name, matter.Text("id")!)
        {
            Name = matter.Text("title"),
            Status = matter.Text("status"),
            Priority = matter.Text("priority"),
            Swarm = request.Swarm,
            Dependencies = [.. matter.Texts("dependencies").Select(id => ids.TryGetValue(id, out var known) ? known : id)],
            Created = Time(matter.Text("created_date")),
            Changed = Time(matter.Text("updated_date")),
            Completed = Time(matter.Text("completed_date")),
            AssigneeJson = matter.Text("assignee") is { } name ? JsonSlices.Quote(name.TrimStart('@')) : null,
        };
        todo.Tags.AddRange(matter.Texts("labels"));
        todo.AddContent(string.Join("\n", matter.Body.Split('\n').Where(line => !IsMark(line))));
        foreach (var (field, values, isList) in matter.Fields.Where(field => Array.IndexOf(Known, field.Name) < 0))
        {
            if (field == "parent_task_id")
                todo.Keep("parentId", JsonSlices.Quote(ids.TryGetValue(values[0], out var known) ? known : values[0]));
            else
                todo.Keep(field, isList ? PlannedTodo.List(values) : JsonSlices.Quote(values[0]));
        }
        return todo;
    }

    private static bool IsMark(string line) => line.Trim() is { } text && text.StartsWith("<!-- ", StringComparison.Ordinal)
        && (text.EndsWith(":BEGIN -->", StringComparison.Ordinal) || text.EndsWith(":END -->", StringComparison.Ordinal));

    // Without an offset, as the tool writes it: nobody knows whose time it is.
    private static string? Time(string? text) => JsonMembers.Time(text?.Replace(' ', 'T'));
}
