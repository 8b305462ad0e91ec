using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>
/// JSON as it goes over every way: compact, times in UTC with milliseconds, UTF-8 unescaped but for what a terminal would obey or nobody
/// would see. A todo comes in the form of its document.
/// </summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One document and its line end.</summary>
    public static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        var isPlain = !buffer.WrittenSpan.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        buffer.Write("\n"u8);
        return isPlain ? buffer.WrittenMemory : Shown(buffer.WrittenSpan);
    }

    /// <summary>An assignee as a todo has it, or null.</summary>
    public static void Write(Utf8JsonWriter writer, Assignee? assignee)
    {
        if (assignee is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type", assignee.Type);
        writer.WriteString("name", assignee.Name);
        writer.WriteString("hostname", assignee.Hostname);
        writer.WriteString("assigned_at", Time(assignee.AssignedAt));
        writer.WriteString("assigned_by", assignee.AssignedBy);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>Things as an array; of one that was asked for alone the thing itself.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="things">Exactly one where it was asked for alone.</param>
    /// <param name="single">One was asked for alone.</param>
    /// <param name="write">One of them.</param>
    public static void Write<T>(Utf8JsonWriter writer, IEnumerable<T> things, bool single, Action<Utf8JsonWriter, T> write)
    {
        if (!single)
            writer.WriteStartArray();
        foreach (var thing in things)
            write(writer, thing);
        if (!single)
            writer.WriteEndArray();
    }

    /// <summary>Things as an array under a name.</summary>
    public static void Write<T>(Utf8JsonWriter writer, string name, IEnumerable<T> things, Action<Utf8JsonWriter, T> write)
    {
        writer.WritePropertyName(name);
        Write(writer, things, single: false, write);
    }

    /// <summary>Texts as an array under a name.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WritePropertyName(name);
        Write(writer, texts);
    }

    // Outside of its texts JSON has nothing to escape but carriage returns, and there a line feed says the same.
    private static byte[] Shown(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(TerminalText.Lines(Encoding.UTF8.GetString(json).Replace('\r', '\n')));

    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
