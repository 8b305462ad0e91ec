using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>What a tool answers: one JSON object, and whether it is a refusal.</summary>
internal sealed class ToolAnswer
{
    private ToolAnswer(byte[] json, Refusal? refusal) => (Json, Refusal) = (json, refusal);

    /// <summary>UTF-8, without a line end.</summary>
    public byte[] Json { get; }

    /// <summary>Why nothing was done; null where something was, or where there was nothing to do.</summary>
    public Refusal? Refusal { get; }

    /// <summary>A success, and the version of the board that it is about.</summary>
    public static ToolAnswer Done(long version, Action<Utf8JsonWriter> write) => Of(null, writer =>
    {
        writer.WriteBoolean("success", true);
        writer.WriteNumber("version", version);
        write(writer);
    });

    /// <summary>A refusal of the whole.</summary>
    public static ToolAnswer Refused(Refusal refusal) => Of(refusal, writer =>
    {
        writer.WriteBoolean("success", false);
        Write(writer, "refusal", refusal);
    });

    /// <summary>An object with the members that are written.</summary>
    /// <param name="refusal">Why it is a refusal; null if it is none.</param>
    /// <param name="write">The members.</param>
    public static ToolAnswer Of(Refusal? refusal, Action<Utf8JsonWriter> write) => new(AnswerRoom.Fit(PlainJson.Of(JsonText.Line(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }).Span)), refusal);

    /// <summary>
    /// What became of several things, each with its own refusal; the first one is that of the whole where nothing was done.
    /// </summary>
    public static ToolAnswer Outcomes(long version, IReadOnlyList<TaskOutcome> outcomes, Action<Utf8JsonWriter, TaskOutcome> write)
    {
        var done = new List<TaskOutcome>();
        var refused = new List<Refusal>();
        foreach (var outcome in outcomes)
        {
            if (outcome.Refusal is { } refusal)
                refused.Add(refusal);
            else
                done.Add(outcome);
        }
        return Of(done.Count == 0 && refused.Count > 0 ? refused[0] : null, writer =>
        {
            writer.WriteBoolean("success", refused.Count == 0);
            writer.WriteNumber("version", version);
            JsonText.Write(writer, "tasks", done, write);
            if (refused.Count > 0)
                Write(writer, "refusal", refused[0]);
            JsonText.Write(writer, "failed", refused, static (each, refusal) => Write(each, null, refusal));
        });
    }

    /// <summary>The same, with the word that nothing was done again.</summary>
    public ToolAnswer Replayed() => new([.. "{\"replayed\":true,"u8, .. Json.AsSpan(1)], Refusal);

    /// <summary>A refusal as an object: the facts, and what to do next.</summary>
    public static void Write(Utf8JsonWriter writer, string? name, Refusal refusal)
    {
        if (name is null)
            writer.WriteStartObject();
        else
            writer.WriteStartObject(name);
        RefusalJson.WriteFacts(writer, refusal, withReason: false);
        writer.WriteString("next", RefusalCatalogue.Of(refusal.Code).Next);
        writer.WriteEndObject();
    }
}
