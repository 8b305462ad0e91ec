using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>A todo on a line of its own, with our key even if nothing is under it: so a field of another tool is none of ours.</summary>
internal static class ExportLine
{
    /// <exception cref="TaskLockingException">StateCorrupt where a part of its history is missing or damaged.</exception>
    public static string Of(AgentTask task, IHistoryArchive archive)
    {
        if (task.Source is not { } source)
            return "{}";
        var todo = TodoHistory.Moved(source.Json) is null ? source.Json
            : TodoHistory.Whole(source.Json, WholeHistory.Entries(task.Id, source.Json, archive));
        var line = JsonSlices.Compact(todo.Span);
        return JsonSlices.Properties(todo).Exists(member => member.Name == "taskLocking") ? line
            : line.Remove(line.Length - 1) + (line.Length > 2 ? "," : "") + "\"taskLocking\":{}}";
    }
}
