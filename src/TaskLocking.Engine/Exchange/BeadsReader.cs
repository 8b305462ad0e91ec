using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// The <c>issues.jsonl</c> of beads: an issue a line. What blocks is a dependency; links of other kinds stay with their task as
/// <c>links</c>. What was deleted and what is no work (messages, events) is left out.
/// </summary>
internal static class BeadsReader
{
    private static readonly string[] Known = ["id", "title", "description", "design", "acceptance_criteria", "notes", "status", "priority",
        "assignee", "labels", "dependencies", "comments", "created_at", "updated_at", "closed_at", "close_reason"];

    private static readonly string[] Blocking = ["", "blocks", "conditional-blocks", "waits-for"];
    private static readonly string[] NoWork = ["message", "event"];

    public static void Read(ImportRequest request, PlanReading reading)
    {
        foreach (var file in request.Files)
        {
            foreach (var (line, json) in JsonMembers.Values(file))
            {
                var place = $"{file.Name}, line {line}";
                var issue = json.Span[0] == '{' ? JsonSlices.Properties(json) : [];
                if (issue.Text("id") is not { Length: > 0 } id)
                    throw new TaskLockingException(RefusalCode.InvalidArgument, $"{place}: it is no issue of beads with an id.");
                if (issue.Text("status") == "tombstone")
                    reading.Count("an issue that was deleted (tombstone) was left out");
                else if (issue.Text("issue_type") is { } type && Array.IndexOf(NoWork, type) >= 0)
                    reading.Count($"an issue of type {type}, which is no work, was left out");
                else
                    reading.Add(Todo(place, id, issue, request, reading));
            }
        }
    }

    private static PlannedTodo Todo(string place, string id, List<JsonMember> issue, ImportRequest request, PlanReading reading)
    {
        var todo = new PlannedTodo(place, id)
        {
            Name = issue.Text("title"),
            Status = issue.Text("status"),
            Priority = issue.Text("priority"),
            Swarm = request.Swarm,
            Created = JsonMembers.Time(issue.Text("created_at")),
            Changed = JsonMembers.Time(issue.Text("updated_at")),
            Completed = JsonMembers.Time(issue.Text("closed_at")),
            AssigneeJson = issue.Text("assignee") is { Length: > 0 } name ? JsonSlices.Quote(name) : null,
        };
        todo.Tags.AddRange(issue.Texts("labels"));
        todo.AddContent(issue.Text("description"));
        todo.AddContent(issue.Text("design"), "Design");
        todo.AddContent(issue.Text("acceptance_criteria"), "Acceptance criteria");
        todo.AddContent(issue.Text("notes"), "Notes");
        AddLinks(todo, issue, reading);
        if (issue.Find("comments") is { } comments && comments.Value[0] == '[')
            JsonSlices.Elements(comments.Memory).ForEach(comment => todo.AddComment(JsonScan.Utf8(JsonSlices.OnOneLine(comment.Memory))));
        if (issue.Text("close_reason") is { Length: > 0 } reason)
            todo.AddComment(new JsonText().Add("type", "result").Add("content", reason).Add("created", todo.Completed).ToString());
        foreach (var other in issue.Where(member => Array.IndexOf(Known, member.Name) < 0))
            todo.Keep(other.Name, JsonScan.Utf8(JsonSlices.OnOneLine(other.Memory)));
        return todo;
    }

    private static void AddLinks(PlannedTodo todo, List<JsonMember> issue, PlanReading reading)
    {
        var links = new List<string>();
        foreach (var link in issue.Find("dependencies") is { } list && list.Value[0] == '[' ? JsonSlices.Elements(list.Memory) : [])
        {
            var members = link.Value[0] == '{' ? JsonSlices.Properties(link.Memory) : [];
            var other = members.Count > 0 ? members.Text("depends_on_id") ?? members.Text("id") : JsonMembers.Text(link);
            var type = members.Text("type") ?? members.Text("dependency_type") ?? "";
            if (other is { Length: > 0 } && Array.IndexOf(Blocking, type) >= 0)
            {
                todo.Dependencies.Add(other);
                continue;
            }
            links.Add(JsonScan.Utf8(JsonSlices.OnOneLine(link.Memory)));
            if (type == "parent-child" && other is { Length: > 0 })
                todo.Keep("parentId", JsonSlices.Quote(other));
            else
                reading.Count(type.Length == 0 ? "a link that names nothing is kept with its task, and is no dependency"
                    : $"a link of the kind {type} is kept with its task, and is no dependency");
        }
        if (links.Count > 0)
            todo.Keep("links", "[" + string.Join(",", links) + "]");
    }
}
