using System;
using System.IO;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Locking;

/// <summary>
/// The small file beside a task's lock that tells who holds it. It matters only while the lock is held; what a killed holder left is
/// overwritten by the next. Read and written without a lock: torn or missing means unknown.
/// </summary>
/// <param name="Session">The id of the session that holds it.</param>
/// <param name="Task">The task, whose id cannot always be told from the file's name.</param>
/// <param name="Holder">Who that is.</param>
internal sealed record HolderFile(string? Session, string? Task, LockHolder Holder)
{
    public static HolderFile Unknown { get; } = new(null, null, LockHolder.Unknown);

    public static HolderFile Read(string lockPath)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(TaskLockFile.HolderPathOf(lockPath)));
            var root = json.RootElement;
            return new HolderFile(Text(root, "session"), Text(root, "task"), new LockHolder(
                root.TryGetProperty("pid", out var pid) && pid.TryGetInt32(out var number) ? number : null,
                Text(root, "agent"), Text(root, "host"), root.TryGetProperty("since", out var since) && since.ValueKind == JsonValueKind.String && since.TryGetDateTimeOffset(out var time) ? time : null, Text(root, "doing")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    public void Write(string lockPath)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("session", Session);
            writer.WriteString("task", Task);
            writer.WriteString("agent", Holder.Agent);
            writer.WriteNumber("pid", Holder.Pid ?? 0);
            writer.WriteString("host", Holder.Host);
            writer.WriteString("since", Holder.Since ?? default);
            writer.WriteString("doing", Holder.Doing);
            writer.WriteEndObject();
        }
        try
        {
            File.WriteAllText(TaskLockFile.HolderPathOf(lockPath), Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock is what counts; without the hint the holder is told as unknown.
        }
    }

    public static void Delete(string lockPath)
    {
        try
        {
            File.Delete(TaskLockFile.HolderPathOf(lockPath));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A hint without a lock is not read.
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
