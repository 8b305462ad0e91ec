using System;
using System.IO;
using System.Text.Json;

namespace TaskLocking.Locking;

/// <summary>
/// The small file beside the lock of a task or resource that tells who holds it. It matters only while the lock is held; what a killed
/// holder left is overwritten by the next. Read and written without a lock: torn or missing means unknown.
/// </summary>
/// <param name="Session">The id of the session that holds it.</param>
/// <param name="Task">The task, whose id cannot always be told from the file's name.</param>
/// <param name="Holder">Who that is.</param>
/// <param name="Resource">The resource, where it is none of a task.</param>
internal sealed record HolderFile(string? Session, string? Task, LockHolder Holder, string? Resource = null)
{
    private const int Longest = 1 << 16; // in bytes; a task's id has at most a hundred letters

    public static HolderFile Unknown { get; } = new(null, null, LockHolder.Unknown);

    public static HolderFile Read(string lockPath)
    {
        try
        {
            using var file = StoreFile.TryOpen(TaskLockFile.HolderPathOf(lockPath), FileAccess.Read);
            if (file is null || file.Length > Longest)
                return Unknown;
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            return new HolderFile(Text(root, "session"), Text(root, "task"), HolderOf(root), Text(root, "resource"));
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or TaskLockingException or JsonException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    /// <summary>Who holds it, of an object with its members.</summary>
    /// <exception cref="InvalidOperationException">It is not understood.</exception>
    public static LockHolder HolderOf(JsonElement root) => new(
        root.TryGetProperty("pid", out var pid) && pid.TryGetInt32(out var number) ? number : null,
        Text(root, "agent"),
        Text(root, "host"),
        root.TryGetProperty("since", out var since) && since.ValueKind == JsonValueKind.String && since.TryGetDateTimeOffset(out var time)
            ? time : null,
        Text(root, "doing"));

    /// <summary>A text of an object; null where there is none.</summary>
    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public void Write(string lockPath)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("session", Session);
            if (Resource is null)
                writer.WriteString("task", Task);
            else
                writer.WriteString("resource", Resource);
            writer.WriteString("agent", Holder.Agent);
            writer.WriteNumber("pid", Holder.Pid ?? 0);
            writer.WriteString("host", Holder.Host);
            writer.WriteString("since", Holder.Since ?? default);
            writer.WriteString("doing", Holder.Doing);
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        try
        {
            // What a killed holder left, or anybody put there, is taken away and not written to.
            var path = TaskLockFile.HolderPathOf(lockPath);
            File.Delete(path);
            using var file = StoreFile.Create(path);
            file.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
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
}
