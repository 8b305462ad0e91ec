using System;
using System.Text;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Lines for a person, in UTF-8, each in one write so that those of several processes do not mix. Where nobody takes them they are dropped: the
/// exit code says the same.
/// </summary>
internal static class StandardError
{
    public static void Line(string sentence) => Write($"tasklock: {sentence}\n");

    public static void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public static void Write(ReadOnlySpan<byte> utf8) => _ = StandardStream.Error.TryWrite(utf8);
}
