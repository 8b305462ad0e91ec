using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Lines for a person, or objects for a program, in UTF-8, each in one write so that those of several processes do not mix. As on
/// <see cref="StandardOutput"/>, what others wrote is shown as <see cref="TerminalText"/> shows it. Where nobody takes them they are
/// dropped: the exit code says the same.
/// </summary>
internal static class StandardError
{
    public static void Line(string sentence) => Lines([sentence]);

    public static void Lines(IEnumerable<string> sentences) =>
        Write(string.Concat(sentences.Select(sentence => $"tasklock: {TerminalText.Line(sentence)}\n")));

    /// <summary>A sentence, and below it text in lines of its own.</summary>
    public static void Line(string sentence, string detail) =>
        Write($"tasklock: {TerminalText.Line(sentence)}\n{TerminalText.Lines(detail)}\n");

    /// <summary>Writes one object on one line.</summary>
    public static void Json(Action<Utf8JsonWriter> write) => Write(JsonText.Line(write).Span);

    private static void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private static void Write(ReadOnlySpan<byte> utf8) => _ = StandardStream.Error.TryWrite(utf8);
}
