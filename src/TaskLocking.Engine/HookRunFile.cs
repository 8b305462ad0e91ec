using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>What a <see cref="HookRun"/> writes down: up to where it looked, and what of that it has not dealt with.</summary>
/// <param name="Position">Up to where it looked.</param>
/// <param name="Pending">What it has not dealt with, in order.</param>
/// <param name="HasBegun">Whether the hook of the first of these was started.</param>
internal sealed record HookRunFile(HookPosition Position, IReadOnlyList<HookEvent> Pending, bool HasBegun)
{
    private const long Longest = 1 << 28;

    /// <summary>Null if nothing was written down yet.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt.</exception>
    public static HookRunFile? Read(string path)
    {
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        if (file is null)
            return null;
        if (file.Length > Longest)
            throw IoRefusal.TooLong(path, file.Length, Longest);
        try
        {
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            var position = new HookPosition(root.GetProperty("version").GetInt64(), Texts(root, "stuck"), Texts(root, "doneSwarms"));
            return new HookRunFile(position, [.. root.GetProperty("pending").EnumerateArray().Select(EventOf)],
                root.GetProperty("begun").GetBoolean());
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new TaskLockingException(new Refusal(RefusalCode.StateCorrupt,
                $"'{path}' tells up to where hooks ran, and cannot be read ({fault.Message.TrimEnd('.')}). Take it away: hooks then "
                + "run for what comes from now on.")
            { Path = path }, fault);
        }
    }

    public void Write(string path)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Position.Version);
            writer.WriteBoolean("begun", HasBegun);
            Write(writer, "stuck", Position.Stuck);
            Write(writer, "doneSwarms", Position.DoneSwarms);
            writer.WriteStartArray("pending");
            foreach (var each in Pending)
                Write(writer, each);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        UserState.Write(path, buffer.ToArray());
    }

    private static HookEvent EventOf(JsonElement each) => new(
        WorkspaceHooks.Parse(each.GetProperty("event").GetString()!) ?? throw new FormatException("an event that is not known"),
        each.GetProperty("version").GetInt64())
    {
        Time = Timestamp.Parse(HolderFile.Text(each, "time")),
        By = HolderFile.Text(each, "by"),
        TaskId = HolderFile.Text(each, "task"),
        Swarm = HolderFile.Text(each, "swarm"),
        Agent = HolderFile.Text(each, "agent"),
        Reasons = Texts(each, "reasons"),
    };

    private static string[] Texts(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static void Write(Utf8JsonWriter writer, HookEvent each)
    {
        writer.WriteStartObject();
        writer.WriteString("event", WorkspaceHooks.NameOf(each.Kind));
        writer.WriteNumber("version", each.Version);
        writer.WriteString("time", each.Time is { } time ? Timestamp.Format(time) : null);
        writer.WriteString("by", each.By);
        writer.WriteString("task", each.TaskId);
        writer.WriteString("swarm", each.Swarm);
        writer.WriteString("agent", each.Agent);
        Write(writer, "reasons", each.Reasons);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
