using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Cli.Input;

/// <summary>
/// Arguments and variables as the system handed them over: bytes. Text that is no UTF-8 names something else by the time that .NET has it.
/// </summary>
internal static class RawText
{
    /// <summary>The bytes of the last arguments; null where the system does not tell.</summary>
    public static byte[][]? LastArguments(int count) =>
        Read("/proc/self/cmdline") is { } words && words.Count >= count ? [.. words[^count..]] : null;

    /// <summary>The variables that this process was started with, each as <c>NAME=value</c>; null where the system does not tell.</summary>
    public static List<byte[]>? Variables() => Read("/proc/self/environ");

    /// <summary>The first of the arguments that is no UTF-8, for a person; null if all are.</summary>
    /// <param name="arguments">All of them.</param>
    /// <param name="count">How many of them, from the first, are looked at.</param>
    public static string? FirstFault(string[] arguments, int count)
    {
        if (OperatingSystem.IsWindows() || !Array.Exists(arguments[..count], EnvironmentText.IsDoubtful))
            return null;
        var bytes = LastArguments(arguments.Length);
        for (var i = 0; i < count; i++)
        {
            if (EnvironmentText.IsDoubtful(arguments[i]) && (bytes is null || !EnvironmentText.IsUtf8(bytes[i])))
                return bytes is null ? arguments[i] : EnvironmentText.Show(bytes[i]);
        }
        return null;
    }

    // Words that end in 0.
    private static List<byte[]>? Read(string file)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var all = File.ReadAllBytes(file);
            var words = new List<byte[]>();
            for (var start = 0; start < all.Length;)
            {
                var end = Array.IndexOf(all, (byte)0, start);
                if (end < 0)
                    end = all.Length;
                words.Add(all[start..end]);
                start = end + 1;
            }
            return words;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A container may hide it.
            return null;
        }
    }
}
