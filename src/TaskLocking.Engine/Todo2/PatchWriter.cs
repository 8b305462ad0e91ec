using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Writes a change of a task as an operation of the journal: the fields of the todo that it sets, those of ours, and what the history gets,
/// each in the order of the change. The counterpart of <see cref="TodoParser"/>.
/// </summary>
internal static class PatchWriter
{
    /// <summary>Adds the operation; tells where in it that begins which the history gets.</summary>
    public static int Write(ByteBuffer target, TaskPatch patch, ComingCommit commit)
    {
        var start = target.Length;
        target.Write("{\"id\":"u8);
        target.WriteQuoted(patch.Before.Id);
        target.Write(",\"set\":{"u8);
        WriteFields(target, patch.Fields, own: false);
        target.Write("}"u8);
        if (HasOwn(patch.Fields))
        {
            target.Write(",\"own\":{"u8);
            WriteFields(target, patch.Fields, own: true);
            target.Write("}"u8);
        }
        target.Write(",\"log\":"u8);
        var history = target.Length - start;
        target.Write("["u8);
        WriteHistory(target, patch.Fields, commit);
        target.Write("]}"u8);
        return history;
    }

    private static bool HasOwn(IReadOnlyList<FieldChange> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name.IsOwn)
                return true;
        }
        return false;
    }

    private static void WriteFields(ByteBuffer target, IReadOnlyList<FieldChange> fields, bool own)
    {
        var isFirst = true;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name.IsOwn != own || fields[i].IsOnlyTold)
                continue;
            target.Write(isFirst ? "\""u8 : ",\""u8);
            isFirst = false;
            target.Write(fields[i].Name.Text);
            target.Write("\":"u8);
            WriteValue(target, fields[i].Value);
        }
    }

    private static void WriteHistory(ByteBuffer target, IReadOnlyList<FieldChange> fields, ComingCommit commit)
    {
        var isFirst = true;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (!field.IsTold)
                continue;
            target.Write(isFirst ? "{\"field\":\""u8 : ",{\"field\":\""u8);
            isFirst = false;
            target.Write(field.Name.Text);
            target.Write("\",\"oldValue\":"u8);
            target.WriteQuoted(field.OldText);
            target.Write(",\"newValue\":"u8);
            target.WriteQuoted(field.NewText);
            target.Write(",\"timestamp\":"u8);
            target.WriteTime(commit.Now);
            target.Write(",\"by\":"u8);
            target.WriteQuoted(commit.By);
            target.Write("}"u8);
        }
    }

    private static void WriteValue(ByteBuffer target, object? value)
    {
        switch (value)
        {
            case null:
                target.Write("null"u8);
                break;
            case string text:
                target.WriteQuoted(text);
                break;
            case AgentTaskStatus status:
                target.WriteQuoted(TodoWords.Of(status));
                break;
            case TaskPriority priority:
                target.WriteQuoted(TodoWords.Of(priority));
                break;
            case DateTimeOffset time:
                target.WriteTime(time);
                break;
            case bool flag:
                target.Write(flag ? "true"u8 : "false"u8);
                break;
            case int number:
                target.Write(number);
                break;
            case TimeSpan span:
                target.Write(span.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IReadOnlyList<string> texts:
                target.WriteQuoted(texts);
                break;
            case RewrittenDependencies dependencies:
                target.Write(dependencies.Json);
                break;
            case RewrittenNotes notes:
                target.Write(notes.Json);
                break;
            case Assignee assignee:
                TodoWriter.WriteAssignee(target, assignee);
                break;
            case TaskClaim claim:
                WriteClaim(target, claim);
                break;
            default:
                target.Write(Record(value).ToString());
                break;
        }
    }

    // As the records below, without the way over text: every task is claimed.
    private static void WriteClaim(ByteBuffer target, TaskClaim claim)
    {
        target.Write("{\"token\":"u8);
        target.Write(claim.Token);
        target.Write(",\"agent\":"u8);
        target.WriteQuoted(claim.Agent);
        if (claim.Host is not null)
        {
            target.Write(",\"host\":"u8);
            target.WriteQuoted(claim.Host);
        }
        if (claim.Pid is { } pid)
        {
            target.Write(",\"pid\":"u8);
            target.Write(pid);
        }
        if (claim.ProcessStart is not null)
        {
            target.Write(",\"processStart\":"u8);
            target.WriteQuoted(claim.ProcessStart);
        }
        target.Write(",\"claimed\":"u8);
        target.WriteTime(claim.Claimed);
        target.Write(",\"expires\":"u8);
        target.WriteTime(claim.Expires);
        target.Write(",\"ttl\":"u8);
        target.Write(claim.Ttl.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        target.Write("}"u8);
    }

    private static JsonText Record(object value) => value switch
    {
        TaskFailure failure => new JsonText().Add("reason", failure.Reason).Add("at", failure.At).Add("agent", failure.Agent)
            .Add("output", failure.Output),
        TaskBlock block => new JsonText().Add("nearest", block.Nearest).Add("root", block.Root),
        _ => throw new InvalidOperationException($"A field of a todo cannot be a {value.GetType().Name}."),
    };
}
