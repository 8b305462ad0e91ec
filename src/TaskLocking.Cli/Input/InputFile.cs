using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Diagnostics;

namespace TaskLocking.Cli.Input;

/// <summary>What is read in bulk: a file, or standard input by the name "-". UTF-8, with or without a byte order mark.</summary>
internal static class InputFile
{
    /// <exception cref="TaskLockingException">PathNotFound, AccessDenied, StoreUnavailable.</exception>
    public static ReadOnlyMemory<byte> Read(string name)
    {
        try
        {
            using var stream = name == "-"
                ? Console.OpenStandardInput()
                : new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
            return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(RefusalCode.PathNotFound, $"The file '{name}' does not exist. Name an existing file, or '-' for standard input.", name, fault);
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

    /// <summary>One id a line, blank lines passed over.</summary>
    /// <exception cref="TaskLockingException">As <see cref="Read"/>.</exception>
    public static IReadOnlyList<string> ReadIds(string name) => Encoding.UTF8.GetString(Read(name).Span)
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .ToList();

    private static TaskLockingException Refused(RefusalCode code, string message, string name, Exception fault) =>
        new(new Refusal(code, message) { Path = name }, fault);
}
