using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>
/// The answer of a command: JSON or text in UTF-8, without the weight of the console. What others wrote may stand in any of it, so nothing
/// leaves here but as <see cref="TerminalText"/> shows it, terminal or not: where it goes from a pipe, nobody knows. That it cannot be
/// written changes no exit code by itself; who answers with what nobody else can know asks <see cref="IsLost"/>.
/// </summary>
internal static class StandardOutput
{
    /// <summary>Whether a part of the answer was not taken. Nothing is written after that.</summary>
    public static bool IsLost { get; private set; }

    /// <summary>One line, whatever is in it.</summary>
    public static void Line(string text) => Lines([text]);

    /// <summary>A line each, all in one write.</summary>
    public static void Lines(IEnumerable<string> lines) => Write(string.Concat(lines.Select(line => TerminalText.Line(line) + "\n")));

    /// <summary>Text in lines of its own.</summary>
    public static void Text(string text) => Write(TerminalText.Lines(text));

    /// <summary>Paths, each alone on its line, which a script opens as they are; only a terminal gets them escaped.</summary>
    public static void Paths(IEnumerable<string> paths)
    {
        if (Console.IsOutputRedirected)
            Write(string.Concat(paths.Select(path => path + "\n")));
        else
            Lines(paths);
    }

    /// <summary>Writes one document on one line.</summary>
    public static void Json(Action<Utf8JsonWriter> write) => Write(JsonText.Line(write).Span);

    /// <summary>What was drawn for a terminal, with its own control characters; the text in it was escaped before.</summary>
    public static void Drawn(string text) => Write(text);

    /// <summary>Whether nobody would see what is written next: it was not taken before, or whoever read has gone.</summary>
    public static bool IsAbandoned() => IsLost || StandardStream.Output.IsBroken();

    private static void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private static void Write(ReadOnlySpan<byte> utf8) => IsLost = IsLost || !StandardStream.Output.TryWrite(utf8);
}
