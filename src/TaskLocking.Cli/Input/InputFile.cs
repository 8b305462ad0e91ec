using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli.Input;

/// <summary>
/// What is read in bulk: a file, or standard input by the name "-". UTF-8, with or without a byte order mark. A pipe whose other end says
/// nothing is waited for, as long as <c>--timeout</c> says if it was given.
/// </summary>
internal static class InputFile
{
    public const string StandardInput = "-";

    // More than any list of tasks; a device has no end.
    private const int Longest = 1 << 30;
    private const int LongestDocument = 1 << 28;
    private const int Piece = 1 << 16;

    // Whoever writes into a pipe starts at the same moment, and is not to blame for that.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    /// <param name="name">The file.</param>
    /// <param name="timeout">The longest wait for the next piece of what comes from elsewhere; null or infinite: for ever.</param>
    /// <exception cref="TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable; LockTimeout when nothing came; InvalidArgument
    /// for what has no end or is not UTF-8, and for a standard input that is closed.</exception>
    public static ReadOnlyMemory<byte> Read(string name, TimeSpan? timeout)
    {
        if (name == StandardInput && StandardStream.Input.IsClosed)
            throw Refused(RefusalCode.InvalidArgument, "Standard input is closed. Name a file, or pipe something in.", name, null);
        try
        {
            var bytes = OperatingSystem.IsWindows() ? ReadStream(name) : ReadDescriptor(name, timeout);
            if (!Utf8.IsValid(bytes.Span))
                throw new TaskLockingException(EnvironmentText.NotUtf8($"A line of '{name}'",
                    EnvironmentText.Show(FirstFault(bytes.Span))));
            return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(RefusalCode.PathNotFound, $"The file '{name}' does not exist. Name an existing file, or '-' for standard input.",
                name, fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Refused(RefusalCode.AccessDenied, $"'{name}' cannot be read: {fault.Message}", name, fault);
        }
        catch (IOException fault)
        {
            throw Refused(RefusalCode.StoreUnavailable, $"'{name}' cannot be read: {fault.Message}", name, fault);
        }
    }

    /// <summary>A whole file, in whichever encoding.</summary>
    /// <exception cref="TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable; InvalidArgument for what is no file, or has no
    /// end.</exception>
    public static byte[] ReadRaw(string name)
    {
        try
        {
            using var stream = Open(CurrentFolder.Full(name));
            // A FIFO would keep us waiting, and a device has no end.
            if (!stream.CanSeek || (stream.Length == 0 && stream.ReadByte() >= 0))
                throw Refused(RefusalCode.InvalidArgument, $"'{name}' is no plain file. Name a document.", name, null);
            if (stream.Length > LongestDocument)
                throw Refused(RefusalCode.InvalidArgument, $"'{name}' has more than {LongestDocument >> 20} MB, which no document has.",
                    name, null);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(RefusalCode.PathNotFound, $"The file '{name}' does not exist. Name an existing file.", name, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(fault is IOException ? RefusalCode.StoreUnavailable : RefusalCode.AccessDenied,
                $"'{name}' cannot be read: {fault.Message}", name, fault);
        }
    }

    /// <summary>All of it as text.</summary>
    /// <exception cref="TaskLockingException">As <see cref="Read"/>.</exception>
    public static string ReadText(string name, TimeSpan? timeout) => Encoding.UTF8.GetString(Read(name, timeout).Span);

    /// <summary>One id a line, blank lines passed over.</summary>
    /// <exception cref="TaskLockingException">As <see cref="Read"/>.</exception>
    public static IReadOnlyList<string> ReadIds(string name, TimeSpan? timeout) =>
        ReadText(name, timeout)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToList();

    private static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows())
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var descriptor = UnixSystem.OpenForReading(path);
        return descriptor < 0 ? throw UnixSystem.Fault(-descriptor)
            : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 1);
    }

    private static byte[] FirstFault(ReadOnlySpan<byte> text)
    {
        const int Shown = 200;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(text[range]))
                return text[range][..Math.Min(Shown, text[range].Length)].ToArray();
        }
        return [];
    }

    private static ReadOnlyMemory<byte> ReadStream(string name)
    {
        using var stream = name == StandardInput
            ? Console.OpenStandardInput()
            : new FileStream(CurrentFolder.Full(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    private static ReadOnlyMemory<byte> ReadDescriptor(string name, TimeSpan? timeout)
    {
        var descriptor = name == StandardInput ? 0 : UnixSystem.OpenForReading(CurrentFolder.Full(name));
        if (descriptor < 0)
            throw UnixSystem.Fault(-descriptor);
        try
        {
            var patience = timeout is { } given && given >= TimeSpan.Zero ? given > LeastPatience ? given : LeastPatience : (TimeSpan?)null;
            var milliseconds = (int?)patience?.TotalMilliseconds ?? UnixSystem.ForEver;
            var all = new ArrayBufferWriter<byte>(Piece);
            while (UnixSystem.Read(descriptor, all.GetSpan(Piece), milliseconds) is var count and not 0)
            {
                if (count is null)
                    throw Silent(name, patience!.Value);
                if (count < 0)
                    throw UnixSystem.Fault(-count.Value);
                all.Advance(count.Value);
                if (all.WrittenCount > Longest)
                    throw Endless(name);
            }
            return all.WrittenMemory;
        }
        finally
        {
            if (descriptor > 0)
                UnixSystem.Close(descriptor);
        }
    }

    private static TaskLockingException Silent(string name, TimeSpan patience) =>
        Refused(RefusalCode.LockTimeout, $"Nothing came from '{name}' within {patience.TotalSeconds:0.###}s; nothing was done.", name,
            null);

    private static TaskLockingException Endless(string name) => Refused(RefusalCode.InvalidArgument,
        $"'{name}' has more than {Longest >> 20} MB. Name a list of tasks; several smaller ones do as well.", name, null);

    private static TaskLockingException Refused(RefusalCode code, string message, string name, Exception? fault) =>
        new(new Refusal(code, message, Path: name), fault);
}
