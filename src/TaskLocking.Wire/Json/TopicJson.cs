using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Topics in the origin's JSON.</summary>
internal static class TopicJson
{
    public static void Write(Utf8JsonWriter writer, TopicDirectory topic)
    {
        writer.WriteStartObject();
        writer.WriteString("topic_number", topic.Number);
        writer.WriteString("topic_name", topic.Name);
        writer.WriteString("topic_path", topic.Path);
        writer.WriteString("project_root", topic.ProjectRoot);
        writer.WriteString("specs_dir", topic.SpecsDirectory);
        writer.WriteStartObject("artifact_paths");
        foreach (var kind in TopicArtifact.Kinds)
            writer.WriteString(kind, topic.ArtifactPaths[kind]);
        writer.WriteEndObject();
        if (topic.Scope != TopicScope.Folder)
            writer.WriteString("scope", topic.Scope.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TopicReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("specs_dir", report.SpecsDirectory);
        writer.WriteNumber("count", report.Count);
        writer.WriteNumber("highest", report.Highest);
        writer.WriteBoolean("passed", report.Passed);
        JsonText.Write(writer, "issues", report.Issues, Write);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TopicRepair repair)
    {
        writer.WriteStartObject();
        writer.WriteString("specs_dir", repair.SpecsDirectory);
        writer.WriteBoolean("what_if", repair.IsPreview);
        JsonText.Write(writer, "moves", repair.Moves, Write);
        JsonText.Write(writer, "mentions", repair.Mentions, Write);
        JsonText.Write(writer, "issues", repair.Issues, Write);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TopicReservation reservation)
    {
        writer.WriteStartObject();
        writer.WriteString("topic_number", reservation.Number);
        writer.WriteString("topic_name", reservation.Name);
        writer.WriteString("agent", reservation.Agent);
        writer.WriteString("host", reservation.Host);
        writer.WriteString("time", reservation.Time is { } time ? JsonText.Time(time) : null);
        writer.WriteString("remote", reservation.Remote);
        writer.WriteBoolean("released", reservation.Released);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TopicMove move)
    {
        writer.WriteStartObject();
        writer.WriteString("topic_number", move.Number);
        writer.WriteString("new_number", move.NewNumber);
        writer.WriteString("topic_path", move.Path);
        writer.WriteString("new_path", move.NewPath);
        writer.WriteString("reason", move.Reason);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TopicMention mention)
    {
        writer.WriteStartObject();
        writer.WriteString("path", mention.Path);
        writer.WriteNumber("line", mention.Line);
        writer.WriteString("text", mention.Text);
        writer.WriteBoolean("rewritten", mention.Rewritten);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TopicIssue issue)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", issue.Kind);
        writer.WriteString("subject", issue.Subject);
        writer.WriteString("message", issue.Message);
        writer.WriteBoolean("is_error", issue.IsError);
        writer.WriteEndObject();
    }
}
