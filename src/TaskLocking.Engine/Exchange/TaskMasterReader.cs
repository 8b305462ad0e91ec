using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// Task Master's <c>tasks.json</c>: <c>{"tasks": […]}</c>, or such an object under each tag. A subtask becomes a task of its own, called
/// as Task Master calls it (<c>1.2</c>). Ids count within a tag: those of any but <c>master</c> get its name in front, and it is their
/// swarm.
/// </summary>
internal static class TaskMasterReader
{
    private const string MainTag = "master";

    private static readonly string[] Known = ["id", "title", "description", "status", "dependencies", "priority", "details", "testStrategy",
        "subtasks", "createdAt", "updatedAt", "assignee"];

    public static void Read(ImportRequest request, PlanReading reading)
    {
        foreach (var file in request.Files)
        {
            foreach (var (line, json) in JsonMembers.Values(file))
            {
                if (json.Span[0] != '{')
                    throw new TaskLockingException(RefusalCode.InvalidArgument,
                        $"{file.Name}, line {line}: it is no object with 'tasks', as Task Master's tasks.json is.");
                var members = JsonSlices.Properties(json);
                var tags = members.Where(PlanFormat.IsTag).ToList();
                if (members.Find("tasks") is { } tasks && tasks.Value[0] == '[')
                    ReadTag(file, "", members, request, reading);
                else if (tags.Count == 0)
                    throw new TaskLockingException(RefusalCode.InvalidArgument,
                        $"{file.Name}: it has no list 'tasks', as Task Master's tasks.json has.");
                foreach (var tag in tags)
                    ReadTag(file, tag.Name, JsonSlices.Properties(tag.Memory), request, reading);
            }
        }
    }

    private static void ReadTag(ImportFile file, string tag, List<JsonMember> list, ImportRequest request, PlanReading reading)
    {
        var lead = tag is "" or MainTag ? "" : tag + "-";
        var swarm = lead.Length == 0 ? request.Swarm : tag;
        foreach (var task in list.Objects("tasks"))
        {
            var id = task.Text("id");
            var place = $"{file.Name}{(tag.Length == 0 ? "" : $", tag {tag}")}, task {id}";
            if (string.IsNullOrWhiteSpace(id))
            {
                reading.Remark(place, "a task without an id was left out");
                continue;
            }
            reading.Add(Todo(place, lead, lead + id, null, swarm, task));
            foreach (var subtask in task.Objects("subtasks"))
            {
                if (subtask.Text("id") is { Length: > 0 } part)
                    reading.Add(Todo($"{place}, subtask {part}", lead, $"{lead}{id}.{part}", id, swarm, subtask));
                else
                    reading.Remark(place, "a subtask without an id was left out");
            }
        }
    }

    // Of a subtask a number is one of its siblings; "3.1" is a subtask of another task.
    private static PlannedTodo Todo(string place, string lead, string id, string? parent, string? swarm, List<JsonMember> task)
    {
        var todo = new PlannedTodo(place, id)
        {
            Name = task.Text("title"),
            Status = task.Text("status"),
            Priority = task.Text("priority"),
            Swarm = swarm,
            Dependencies = [.. task.Texts("dependencies").Select(other =>
                lead + (parent is null || other.IndexOfAny(['.']) >= 0 ? other : $"{parent}.{other}"))],
            Created = JsonMembers.Time(task.Text("createdAt")),
            Changed = JsonMembers.Time(task.Text("updatedAt")),
            AssigneeJson = task.Text("assignee") is { Length: > 0 } name ? JsonSlices.Quote(name) : null,
        };
        todo.AddContent(task.Text("description"));
        todo.AddContent(task.Text("details"), "Details");
        todo.AddContent(task.Text("testStrategy"), "Test strategy");
        if (parent is not null)
            todo.Keep("parentId", JsonSlices.Quote(lead + parent));
        foreach (var other in task.Where(member => Array.IndexOf(Known, member.Name) < 0))
            todo.Keep(other.Name, JsonScan.Utf8(JsonSlices.OnOneLine(other.Memory)));
        return todo;
    }
}
