using System;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Text on a console of Windows, as characters: its code page, which is the shell's and stays as it is, knows a few hundred of them.
/// </summary>
internal static unsafe partial class WindowsConsole
{
    private const int Piece = 8192; // Older systems take 32,000 at once.

    /// <summary>Whether a standard stream is a console.</summary>
    /// <param name="descriptor">1 or 2.</param>
    public static bool Has(int descriptor) => GetConsoleMode(GetStdHandle(-10 - descriptor), out _) != 0;

    /// <summary>False if not all of it was taken.</summary>
    public static bool TryWrite(int descriptor, ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var console = GetStdHandle(-10 - descriptor);
        fixed (char* start = text)
        {
            for (var at = 0; at < text.Length;)
            {
                var size = Math.Min(Piece, text.Length - at);
                if (size == Piece && char.IsHighSurrogate(text[at + size - 1]))
                    size--;
                if (WriteConsoleW(console, start + at, (uint)size, out var written, IntPtr.Zero) == 0 || written == 0)
                    return false;
                at += (int)written;
            }
        }
        return true;
    }

    [LibraryImport("kernel32")]
    private static partial IntPtr GetStdHandle(int number);

    [LibraryImport("kernel32")]
    private static partial int GetConsoleMode(IntPtr handle, out uint mode);

    [LibraryImport("kernel32")]
    private static partial int WriteConsoleW(IntPtr console, char* text, uint length, out uint written, IntPtr reserved);
}
