using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of a part of the archive: the id as it counts, the todo as it stood in the document, and a checksum over what is before it. A
/// person can read it, and nobody takes a damaged one for a whole one.
/// <code>{"id":"T-1","todo":{…},"crc":"0123abcd"}</code>
/// </summary>
internal static class ArchiveLine
{
    private const int TailLength = 19; // ,"crc":"0123abcd"} and the line feed

    public static void Write(ByteBuffer target, AgentTask task)
    {
        var start = target.Length;
        target.Write("{\"id\":"u8);
        target.WriteQuoted(task.Id);
        target.Write(",\"todo\":"u8);
        target.Write(JsonSlices.OnOneLine(task.Source!.Json));
        Span<byte> digits = stackalloc byte[8];
        JournalLine.WriteHex(Crc32C.Append(0, target.Written[start..]), digits);
        target.Write(",\"crc\":\""u8);
        target.Write(digits);
        target.Write("\"}\n"u8);
    }

    /// <summary>The task; null where the line is not as it was written.</summary>
    /// <param name="line">With its line feed.</param>
    public static AgentTask? Read(ReadOnlyMemory<byte> line)
    {
        var bytes = line.Span;
        if (bytes.Length <= TailLength || bytes[0] != '{' || bytes[^1] != '\n')
            return null;
        var body = bytes[..^TailLength];
        var tail = bytes[^TailLength..];
        if (!tail.StartsWith(",\"crc\":\""u8) || !JournalLine.TryReadHex(tail.Slice(8, 8), out var told)
            || Crc32C.Append(0, body) != told)
            return null;
        var reader = JsonReading.Of(bytes[..^1]);
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
