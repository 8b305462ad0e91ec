using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>A todo on a line of its own, with our key even if nothing is under it: so a field of another tool is none of ours.</summary>
internal static class ExportLine
{
    public static string Of(AgentTask task)
    {
        if (task.Source is not { } source)
            return "{}";
        var line = JsonSlices.Compact(source.Json.Span);
        return JsonSlices.Properties(source.Json).Exists(member => member.Name == "taskLocking") ? line
            : line.Remove(line.Length - 1) + (line.Length > 2 ? "," : "") + "\"taskLocking\":{}}";
    }
}
