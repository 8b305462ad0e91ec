using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>A refusal as JSON: code, sentence, and the facts that it has.</summary>
internal static class RefusalJson
{
    /// <summary>The object on standard error.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="refusals">At least one; the first gives the code. When there are more, all are listed under <c>refusals</c>.</param>
    /// <param name="deed">"assigned" or "unassigned" for the verbs whose refusal says so, and the sentence as <c>reason</c> too; else
    /// null.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Refusal> refusals, string? deed)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("success", false);
        if (deed is not null)
            writer.WriteBoolean(deed, false);
        WriteFacts(writer, refusals[0], withReason: deed is not null);
        if (refusals.Count > 1)
        {
            writer.WriteStartArray("refusals");
            foreach (var refusal in refusals)
            {
                writer.WriteStartObject();
                WriteFacts(writer, refusal, withReason: deed is not null);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>The properties alone, into an object that is open.</summary>
    public static void WriteFacts(Utf8JsonWriter writer, Refusal refusal, bool withReason)
    {
        writer.WriteString("code", refusal.Code.ToString());
        writer.WriteString("message", refusal.Message);
        if (withReason)
            writer.WriteString("reason", refusal.Message);
        if (refusal.TaskId is not null)
            writer.WriteString("task_id", refusal.TaskId);
        if (refusal.Resource is not null)
            writer.WriteString("resource", refusal.Resource);
        if (refusal.ExistingAssignee is not null)
        {
            writer.WritePropertyName("existing_assignee");
            JsonText.Write(writer, refusal.ExistingAssignee);
        }
        if (refusal.Holder is not null)
            Write(writer, refusal.Holder);
        if (refusal.ExpectedVersion is { } expected)
            writer.WriteNumber("expected_version", expected);
        if (refusal.FoundVersion is { } found)
            writer.WriteNumber("found_version", found);
        if (refusal.ExpectedToken is { } expectedToken)
            writer.WriteNumber("expected_token", expectedToken);
        if (refusal.FoundToken is { } foundToken)
            writer.WriteNumber("found_token", foundToken);
        if (refusal.Agent is not null)
            writer.WriteString("agent", refusal.Agent);
        if (refusal.Expires is not null)
            writer.WriteString("expires", JsonText.Time(refusal.Expires));
        if (refusal.RootCause is not null)
            writer.WriteString("root_cause", refusal.RootCause);
        if (refusal.RetryAfter is { } wait)
            writer.WriteNumber("retry_after_ms", (long)wait.TotalMilliseconds);
        if (refusal.Ids.Count > 0)
            JsonText.Write(writer, "ids", refusal.Ids);
        if (refusal.Path is not null)
            writer.WriteString("path", refusal.Path);
    }

    private static void Write(Utf8JsonWriter writer, LockHolder holder)
    {
        writer.WriteStartObject("holder");
        if (holder.Pid is { } pid)
            writer.WriteNumber("pid", pid);
        else
            writer.WriteNull("pid");
        writer.WriteString("agent", holder.Agent);
        writer.WriteString("host", holder.Host);
        writer.WriteString("since", JsonText.Time(holder.Since));
        writer.WriteString("doing", holder.Doing);
        writer.WriteEndObject();
    }
}
