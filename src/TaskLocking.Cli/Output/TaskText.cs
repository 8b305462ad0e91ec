using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TaskLocking.Cli.Input;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>Tasks for a person: one as a sheet, several as a table.</summary>
internal static class TaskText
{
    public static void Write(IReadOnlyList<AgentTask> tasks, Func<AgentTask, LeaseEnd?> ended)
    {
        if (tasks.Count == 0)
        {
            StandardOutput.Line("No tasks.");
            return;
        }
        var table = new TextTable("Id", "Status", "Priority", "Assignee", "Name");
        foreach (var task in tasks)
            table.Add(task.Id, task.StatusText, Priority(task), task.Assignee + Ended(ended(task)), task.Name);
        SpectreTable.Write(table);
    }

    public static void Write(AgentTask task, LeaseEnd? ended)
    {
        var text = new StringBuilder();
        Add(text, "Id", task.Id);
        Add(text, "Name", task.Name);
        Add(text, "Status", task.StatusText + (task.IsArchived ? ", in the archive (tasklock task restore brings it back)" : ""));
        Add(text, "Priority", Priority(task));
        Add(text, "Assignee", Assignment(task.Assignee));
        Add(text, "Tags", string.Join(", ", task.Tags));
        Add(text, "Depends on", string.Join(", ", task.Dependencies));
        Add(text, "Parent", task.Parent);
        Add(text, "Children", task.Children is { } children ? $"{children} closed" : null);
        Add(text, "Requires", string.Join(", ", task.Requires));
        Add(text, "Agent", task.Agent);
        Add(text, "Task file", task.TaskFile);
        Add(text, "Swarm", task.Swarm);
        Add(text, "Only for", string.Join(", ", task.AllowedAgents));
        Add(text, "Files", string.Join(", ", task.Files));
        Add(text, "Review", task.NeedsReview ? "a person has to approve it" : null);
        Add(text, "Claim", LeaseText.Sentence(task.Claim) + Ended(ended));
        Add(text, "Attempt", task.Attempt == 0 && task.MaxAttempt == 1 ? null : $"{task.Attempt} of {task.MaxAttempt}");
        Add(text, "Retry delay", Length(task.RetryDelay));
        Add(text, "Time limit", Length(task.TimeLimit));
        Add(text, "Not before", Time(task.NotBefore));
        Add(text, "Started", Time(task.StartedAt));
        Add(text, "Strikes", task.Strikes == 0 ? null : task.Strikes.ToString(CultureInfo.InvariantCulture));
        Add(text, "Failure", task.Failure is null ? null
            : $"{task.Failure.Reason} ({Time(task.Failure.At)}{(task.Failure.Agent is null ? "" : ", " + task.Failure.Agent)})");
        Add(text, "Blocked by", task.BlockedBy is null ? null : $"{task.BlockedBy.Nearest}, because {task.BlockedBy.Root} failed");
        Add(text, "Created", Time(task.Created));
        Add(text, "Changed", Time(task.LastModified));
        Add(text, "Completed", Time(task.CompletedAt));
        Add(text, "Version", task.Version.ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(task.Content))
            text.Append('\n').Append(task.Content).Append('\n');
        if (task.Failure?.Output is { } output)
            text.Append("\nWhat failed wrote last:\n").Append(output).Append('\n');
        AddNotes(text, task.Notes);
        StandardOutput.Text(text.ToString());
    }

    /// <summary>What fits into a cell of a table: the begin of a text that is long.</summary>
    public static string? Begin(string? text)
    {
        const int Longest = 300;
        return text?.Length > Longest ? text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…" : text;
    }

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    // Whoever looks sees that a worker is gone before anybody asks for the next task, which sets it right.
    private static string Ended(LeaseEnd? ended) => ended switch
    {
        LeaseEnd.ProcessEnded => " (gone)",
        LeaseEnd.Expired => " (expired)",
        _ => "",
    };

    private static void AddNotes(StringBuilder text, IReadOnlyList<TaskNote> notes)
    {
        foreach (var note in notes)
        {
            var head = string.Join(", ", new[] { note.Kind, Time(note.Created), note.By }.Where(part => !string.IsNullOrEmpty(part)));
            text.Append('\n').Append(TerminalText.Line(head)).Append(":\n");
            foreach (var line in note.Text.Split('\n'))
                text.Append("  ").Append(line).Append('\n');
        }
    }

    private static string? Length(TimeSpan? span) => span is { } length ? Duration.Text(length) : null;

    private static string Priority(AgentTask task) => task.Priority switch
    {
        TaskPriority.Critical => "critical",
        TaskPriority.High => "high",
        TaskPriority.Low => "low",
        _ => "medium",
    };

    private static string? Assignment(Assignee? assignee)
    {
        if (assignee is null)
            return null;
        var details = new[]
        {
            assignee.Hostname is null ? null : "on " + assignee.Hostname,
            assignee.AssignedAt is null ? null : "since " + Time(assignee.AssignedAt),
            assignee.AssignedBy is null ? null : "by " + assignee.AssignedBy,
        }.Where(each => each is not null).ToList();
        return details.Count == 0 ? assignee.ToString() : $"{assignee} ({string.Join(", ", details)})";
    }

    private static void Add(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(label.PadRight(12)).Append(TerminalText.Line(value)).Append('\n');
    }
}
