using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>Tells a form by how files look.</summary>
internal static class PlanFormat
{
    public static TaskFormat Of(IReadOnlyList<ImportFile> files)
    {
        var first = files[0];
        if (first.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            return files.Count == 1 && !IsFrontMatter(first) ? TaskFormat.SpecKit : TaskFormat.Backlog;
        if (JsonMembers.Values(first) is not [var (_, value), ..] || value.Span[0] != '{')
            return TaskFormat.JsonLines;
        var members = JsonSlices.Properties(value);
        if (members.Exists(member => member.Name == "taskLocking"))
            return TaskFormat.JsonLines; // A todo of ours keeps what other tools call their fields.
        if (members.Find("issue_type") is not null || (members.Find("title") is not null && members.Find("name") is null
            && members.Find("created_at") is not null))
            return TaskFormat.Beads;
        var isTaskMaster = members.Find("id") is null && members.Exists(member => member.Name == "tasks" || IsTag(member));
        return isTaskMaster ? TaskFormat.TaskMaster : TaskFormat.JsonLines;
    }

    public static bool IsTag(JsonMember member) =>
        member.Value[0] == '{' && JsonSlices.Properties(member.Memory).Find("tasks") is { } tasks && tasks.Value[0] == '[';

    private static bool IsFrontMatter(ImportFile file) => Encoding.UTF8.GetString(file.Content.ToArray()).TrimStart('\uFEFF', '\n', '\r')
        .StartsWith("---", StringComparison.Ordinal);
}
