using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Topics;

namespace TaskLocking.Cli.Output;

/// <summary>Topics in the origin's JSON.</summary>
internal static class TopicJson
{
    public static void Write(IReadOnlyList<TopicDirectory> topics, bool single) => StandardOutput.Json(writer =>
    {
        if (!single)
            writer.WriteStartArray();
        foreach (var topic in topics)
            Write(writer, topic);
        if (!single)
            writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, TopicDirectory topic)
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
        writer.WriteEndObject();
    }
}
