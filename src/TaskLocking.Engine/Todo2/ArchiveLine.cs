using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of a part of the archive: the id as it counts, the todo as it stood in the document, and a checksum (<see cref="SealedLine"/>).
/// <code>{"id":"T-1","todo":{…},"crc":"0123abcd"}</code>
/// </summary>
internal static class ArchiveLine
{
    public static void Write(ByteBuffer target, AgentTask task)
    {
        var start = target.Length;
        target.Write("{\"id\":"u8);
        target.WriteQuoted(task.Id);
        target.Write(",\"todo\":"u8);
        target.Write(JsonSlices.OnOneLine(task.Source!.Json));
        SealedLine.Seal(target, start);
    }

    /// <summary>The task; null where the line is not as it was written.</summary>
    /// <param name="line">With its line feed.</param>
    public static AgentTask? Read(ReadOnlyMemory<byte> line)
    {
        if (!SealedLine.IsWhole(line.Span))
            return null;
        var reader = JsonReading.Of(line.Span[..^1]);
        reader.Read();
        reader.Read();
        reader.Read();
        if (TodoText.Read(ref reader) is not { } id)
            return null;
        reader.Read();
        reader.Read();
        return new TodoEntry(id, JsonSlices.Value(line, ref reader).ToArray()) { IsArchived = true }.Task;
    }
}
