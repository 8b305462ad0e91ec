using System;
using System.IO;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Standard input, output and error as this process was given them. A write throws nothing: whether everything was taken is its answer, for
/// what the store did is done, whoever hears of it. (.NET's console keeps a broken pipe to itself.)
/// </summary>
/// <remarks>
/// <see cref="Secure"/> comes before anything else. One that was closed at the start is somebody else's descriptor by then, the runtime's
/// own or the next file's, and must not be written to. It can be told by this: what came through the exec is inherited, what was opened
/// since is not.
/// </remarks>
internal sealed class StandardStream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public static StandardStream Input { get; } = new(0);

    public static StandardStream Output { get; } = new(1);

    public static StandardStream Error { get; } = new(2);

    /// <summary>How long a write waits for whoever reads, in milliseconds; negative for ever, as somebody who turns pages wants
    /// it.</summary>
    public static int Patience { get; set; } = UnixSystem.ForEver;

    /// <summary>Asked while a write waits for whoever reads: whether it ends early. Null where nothing depends on who reads.</summary>
    public static Func<bool>? IsOver { get; set; }

    /// <summary>Whether the process was started without it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Finds out which are open, and keeps the descriptors of those that are not from being given to any file.</summary>
    public static void Secure()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var stream in new[] { Input, Output, Error })
        {
            var isInherited = UnixSystem.IsInherited(stream._descriptor);
            stream.IsClosed = isInherited != true;
            if (isInherited is null)
                _ = UnixSystem.OpenNothing();
        }
    }

    /// <summary>Whether the other end has gone, as far as the system tells.</summary>
    public bool IsBroken() => IsClosed || (!OperatingSystem.IsWindows() && UnixSystem.IsBroken(_descriptor));

    /// <summary>False if not all of it was taken.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return true;
        if (IsClosed)
            return false;
        if (!OperatingSystem.IsWindows())
            return UnixSystem.Write(_descriptor, bytes, Patience, IsOver) == 0;
        if (WindowsConsole.Has(_descriptor))
            return WindowsConsole.TryWrite(_descriptor, bytes);
        try
        {
            using var stream = _descriptor == Output._descriptor ? Console.OpenStandardOutput() : Console.OpenStandardError();
            stream.Write(bytes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
