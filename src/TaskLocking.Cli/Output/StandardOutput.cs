using System;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Cli.Output;

/// <summary>The answer of a command: JSON or text in UTF-8, without the weight of the console.</summary>
internal static class StandardOutput
{
    public static void Line(string text) => Write(text + "\n");

    public static void Write(string text)
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
            Console.OutputEncoding = Encoding.UTF8;
        using var stream = Console.OpenStandardOutput();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes one document on one line.</summary>
    public static void Json(Action<Utf8JsonWriter> write)
    {
        using var stream = Console.OpenStandardOutput();
        stream.Write(JsonText.Line(write).Span);
    }
}
