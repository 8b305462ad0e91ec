using System;
using System.Collections.Generic;
using System.Text;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>
/// A task of another tool on its way into a todo: what both know goes into the fields of Todo2, all else stays under the name that it has
/// there.
/// </summary>
internal sealed class PlannedTodo(string place, string id)
{
    private readonly StringBuilder _content = new();
    private readonly List<(string Name, string Json)> _others = [];
    private readonly List<string> _comments = [];

    public string Place => place;

    public string Id => id;

    public string? Name { get; set; }

    public string? Status { get; set; }

    public string? Priority { get; set; }

    public string? Swarm { get; set; }

    public List<string> Tags { get; } = [];

    public List<string> Dependencies { get; set; } = [];

    /// <summary>As the tool writes it: an object, a name; null for nobody.</summary>
    public string? AssigneeJson { get; set; }

    public string? Created { get; set; }

    public string? Changed { get; set; }

    public string? Completed { get; set; }

    /// <summary>Adds a part of the text, under a heading unless it is the first one.</summary>
    public void AddContent(string? text, string? heading = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (_content.Length > 0)
            _content.Append("\n\n");
        if (heading is not null)
            _content.Append("## ").Append(heading).Append("\n\n");
        _content.Append(text!.Replace("\r\n", "\n").Trim('\n'));
    }

    /// <summary>Keeps a comment as it is written.</summary>
    public void AddComment(string json) => _comments.Add(json);

    /// <summary>Keeps something that is none of the above.</summary>
    public void Keep(string name, string json) => _others.Add((name, json));

    /// <summary>The todo, on one line.</summary>
    /// <param name="now">The time of what tells none.</param>
    public byte[] Json(DateTimeOffset now)
    {
        var created = Created ?? Timestamp.Format(now);
        var text = new StringBuilder("{");
        Add(text, "id", JsonSlices.Quote(id));
        Add(text, "name", JsonSlices.Quote(string.IsNullOrWhiteSpace(Name) ? id : OneLine(Name!)));
        if (_content.Length > 0)
            Add(text, "content", JsonSlices.Quote(_content.ToString()));
        Add(text, "status", JsonSlices.Quote(StatusWord()));
        Add(text, "priority", JsonSlices.Quote(TodoWords.Of(TodoWords.Priority(Priority))));
        Add(text, "tags", List(Tags));
        Add(text, "dependencies", List(Dependencies));
        if (AssigneeJson is not null)
            Add(text, "assignee", AssigneeJson);
        Add(text, "created", JsonSlices.Quote(created));
        Add(text, "lastModified", JsonSlices.Quote(Changed ?? created));
        if (Completed is not null)
            Add(text, "completedAt", JsonSlices.Quote(Completed));
        if (_comments.Count > 0)
            Add(text, "comments", "[" + string.Join(",", _comments) + "]");
        foreach (var (name, json) in _others)
            Add(text, name, json);
        if (!string.IsNullOrEmpty(Swarm))
            Add(text, "taskLocking", "{\"swarm\":" + JsonSlices.Quote(Swarm!) + "}");
        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    /// <summary>A list of texts, each once.</summary>
    public static string List(IEnumerable<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var list = new StringBuilder("[");
        foreach (var text in texts)
        {
            if (seen.Add(text))
                list.Append(list.Length > 1 ? "," : "").Append(JsonSlices.Quote(text));
        }
        return list.Append(']').ToString();
    }

    // What is known is written as Todo2 does; what is not stays, and is told.
    private string StatusWord() =>
        TodoWords.Status(Status) is var status && status != AgentTaskStatus.Unknown ? TodoWords.Of(status) : Status!;

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
            line.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter);
        return line.ToString().Trim();
    }

    /// <summary>Adds a member to an object whose brace is open.</summary>
    public static void Add(StringBuilder text, string name, string json) =>
        text.Append(text.Length > 1 ? "," : "").Append(JsonSlices.Quote(name)).Append(':').Append(json);
}
