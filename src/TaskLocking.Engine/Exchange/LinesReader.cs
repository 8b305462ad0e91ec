using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// JSON lines: todos as a board exports them, kept as they are, and definitions, whose fields of ours stand beside the others. What a todo
/// always has and a line lacks is added.
/// </summary>
internal static class LinesReader
{
    private static readonly string[] Own =
        ["agent", "taskFile", "swarm", "requires", "allow", "files", "maxAttempt", "retryDelay", "timeLimit", "notBefore", "review"];

    /// <param name="request">The files.</param>
    /// <param name="reading">Gets the tasks.</param>
    /// <param name="files">What paths of a definition are to the board.</param>
    public static void Read(ImportRequest request, PlanReading reading, Func<IReadOnlyList<string>, IReadOnlyList<string>> files)
    {
        foreach (var file in request.Files)
        {
            foreach (var (line, json) in JsonMembers.Values(file))
            {
                var place = $"{file.Name}, line {line}";
                if (json.Span[0] != '{')
                    throw new TaskLockingException(RefusalCode.InvalidArgument,
                        $"{place}: it is no object. Example: {{\"id\":\"T-1\",\"name\":\"Fix the login\"}}");
                var members = JsonSlices.Properties(json);
                var id = members.Text("id");
                if (string.IsNullOrEmpty(id))
                    throw new TaskLockingException(RefusalCode.InvalidArgument,
                        $"{place}: it has no id. Example: {{\"id\":\"T-1\",\"name\":\"Fix the login\"}}");
                reading.Add(place, id!, Todo(members, id!, place, request, reading.Now, files));
            }
        }
    }

    private static byte[] Todo(List<JsonMember> members, string id, string place, ImportRequest request, DateTimeOffset now,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> files)
    {
        var text = new StringBuilder("{");
        var isDefinition = members.Find("taskLocking") is null;
        foreach (var member in members)
        {
            if (member.Name == "id")
                PlannedTodo.Add(text, "id", JsonSlices.Quote(id));
            else if (!(isDefinition && Array.IndexOf(Own, member.Name) >= 0) && !(member.Name == "taskLocking" && isDefinition))
                PlannedTodo.Add(text, member.Name, JsonScan.Utf8(JsonSlices.OnOneLine(
                    // The archive of its board is not here; an export brings all of the history inside the todo.
                    member.Name == "taskLocking" ? TodoHistory.OwnWithout(member.Memory) : member.Memory)));
        }
        var time = JsonSlices.Quote(Timestamp.Format(now));
        AddMissing("name", JsonSlices.Quote(id), "title");
        AddMissing("status", "\"Todo\"", "state", "done", "checked", "completed", "is_completed");
        AddMissing("priority", "\"medium\"");
        AddMissing("tags", "[]");
        AddMissing("created", time, "createdAt", "created_at", "created_date");
        AddMissing("lastModified", time, "updated_at");
        if (isDefinition && OwnFields(members, place, request, files) is { Length: > 0 } own)
            PlannedTodo.Add(text, "taskLocking", "{" + own + "}");
        return Encoding.UTF8.GetBytes(text.Append('}').ToString());

        void AddMissing(string name, string json, params string[] others)
        {
            if (!members.Exists(member => member.Name == name || Array.IndexOf(others, member.Name) >= 0))
                PlannedTodo.Add(text, name, json);
        }
    }

    private static string OwnFields(List<JsonMember> members, string place, ImportRequest request,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> files)
    {
        var own = new StringBuilder();
        foreach (var name in Own)
        {
            if (members.Find(name) is { } member)
                Put(name, name switch
                {
                    "files" => PlannedTodo.List(files([.. members.Texts(name)])),
                    "requires" or "allow" => PlannedTodo.List(members.Texts(name)),
                    "retryDelay" or "timeLimit" => Seconds(JsonMembers.Text(member), name, place),
                    _ => JsonScan.Utf8(JsonSlices.OnOneLine(member.Memory)),
                });
        }
        if (!string.IsNullOrEmpty(request.Swarm) && members.Find("swarm") is null)
            Put("swarm", JsonSlices.Quote(request.Swarm!));
        return own.ToString();

        void Put(string name, string json) => own.Append(own.Length > 0 ? "," : "").Append('"').Append(name).Append("\":").Append(json);
    }

    // A number of seconds, or a text such as "30m".
    private static string Seconds(string? text, string name, string place)
    {
        var unit = text is { Length: > 1 } ? "smhd".IndexOf(text[text.Length - 1]) : -1;
        var number = unit < 0 ? text : text!.Substring(0, text.Length - 1);
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) || count is not (>= 0 and <= 1e9))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{place}: '{name}' must be seconds, or a text such as \"30m\", but is '{text}'.");
        var seconds = count * (unit < 0 ? 1 : new[] { 1, 60, 3600, 86400 }[unit]);
        return seconds.ToString("R", CultureInfo.InvariantCulture);
    }
}
