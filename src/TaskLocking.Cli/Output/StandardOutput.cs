using System;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Cli.Output;

/// <summary>
/// The answer of a command: JSON or text in UTF-8, without the weight of the console. That it cannot be written changes no exit code by
/// itself; who answers with what nobody else can know asks <see cref="IsLost"/>.
/// </summary>
internal static class StandardOutput
{
    /// <summary>Whether a part of the answer was not taken. Nothing is written after that.</summary>
    public static bool IsLost { get; private set; }

    public static void Line(string text) => Write(text + "\n");

    public static void Write(string text)
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
            Console.OutputEncoding = Encoding.UTF8;
        Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes one document on one line.</summary>
    public static void Json(Action<Utf8JsonWriter> write) => Write(JsonText.Line(write).Span);

    /// <summary>Whether nobody would see what is written next: it was not taken before, or whoever read has gone.</summary>
    public static bool IsAbandoned() => IsLost || StandardStream.Output.IsBroken();

    private static void Write(ReadOnlySpan<byte> utf8) => IsLost = IsLost || !StandardStream.Output.TryWrite(utf8);
}
