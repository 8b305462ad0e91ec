using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Board;

namespace TaskLocking.PostgreSql;

/// <summary>How what a relay is asked, and what it answers, is written in bytes. Both ends are of one version, or do not speak.</summary>
internal static class RelayWire
{
    /// <summary>Counted up with each change of what is below.</summary>
    public const int Version = 1;

    public static void Write(this BinaryWriter writer, Guid? cid) => writer.Write((cid ?? Guid.Empty).ToByteArray());

    public static Guid? ReadCid(this BinaryReader reader) =>
        new Guid(reader.ReadBytes(16)) is var cid && cid != Guid.Empty ? cid : null;

    public static void Write(this BinaryWriter writer, IReadOnlyCollection<JournalRow> rows)
    {
        writer.Write(rows.Count);
        foreach (var row in rows)
        {
            writer.Write(row.Version);
            writer.Write((Guid?)row.Cid);
            writer.Write(row.Text);
        }
    }

    public static List<JournalRow> ReadRows(this BinaryReader reader)
    {
        var rows = new List<JournalRow>(Count(reader));
        for (var left = rows.Capacity; left > 0; left--)
            rows.Add(new JournalRow(reader.ReadInt64(), reader.ReadCid()!.Value, reader.ReadString()));
        return rows;
    }

    public static void Write(this BinaryWriter writer, CommitRequest request)
    {
        writer.Write(request.Board);
        writer.Write(request.Epoch);
        writer.Write(request.Expected);
        writer.Write(request.ExpectedCid);
        writer.Write(request.IsOfHolder);
        Write(writer, request.Sessions);
        writer.Write(request.Lines.Count);
        foreach (var line in request.Lines)
        {
            writer.Write((Guid?)line.Cid);
            writer.Write(line.Text);
            writer.Write(line.Keys.Reads is not null);
            Write(writer, line.Keys.Reads ?? []);
            Write(writer, line.Keys.Writes);
            Write(writer, line.Tasks);
        }
    }

    public static CommitRequest ReadRequest(this BinaryReader reader)
    {
        var (board, epoch, expected, cid) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadCid());
        var isOfHolder = reader.ReadBoolean();
        var sessions = Texts(reader);
        var lines = new List<CommitLine>();
        for (var left = Count(reader); left > 0; left--)
        {
            var (own, text, knowsReads) = (reader.ReadCid()!.Value, reader.ReadString(), reader.ReadBoolean());
            var (reads, writes) = (Numbers(reader), Numbers(reader));
            lines.Add(new CommitLine(text, new CommitKeys(knowsReads ? reads : null, writes), Texts(reader)) { Cid = own });
        }
        return new CommitRequest(board, epoch, expected, cid, lines, sessions, 0) { IsOfHolder = isOfHolder };
    }

    public static void Write(this BinaryWriter writer, CommitAnswer answer)
    {
        writer.Write(answer.Status);
        writer.Write(answer.Versions.Length);
        foreach (var version in answer.Versions)
            writer.Write(version ?? 0);
        writer.Write(answer.Base);
        writer.Write(answer.At.ToUniversalTime().Ticks);
        writer.Write(answer.Tail);
    }

    public static CommitAnswer ReadAnswer(this BinaryReader reader)
    {
        var status = reader.ReadString();
        var versions = new long?[Count(reader)];
        for (var at = 0; at < versions.Length; at++)
            versions[at] = reader.ReadInt64() is var version and > 0 ? version : null;
        var (last, time) = (reader.ReadInt64(), new DateTime(reader.ReadInt64(), DateTimeKind.Utc));
        return new CommitAnswer(status, versions, last, time, reader.ReadRows());
    }

    private static void Write(BinaryWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    private static string[] Texts(BinaryReader reader) => [.. Enumerable.Range(0, Count(reader)).Select(_ => reader.ReadString())];

    private static void Write(BinaryWriter writer, IReadOnlyCollection<long> numbers)
    {
        writer.Write(numbers.Count);
        foreach (var number in numbers)
            writer.Write(number);
    }

    private static long[] Numbers(BinaryReader reader)
    {
        var numbers = new long[Count(reader)];
        for (var at = 0; at < numbers.Length; at++)
            numbers[at] = reader.ReadInt64();
        return numbers;
    }

    // Each of what is counted takes a byte at least.
    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is var count && count >= 0 && count <= reader.BaseStream.Length ? count
            : throw new InvalidDataException("no message of a relay");
}
