using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// A command as a shell finds and starts it: a name with a slash is a path, any other is searched in PATH alone. Words and variables stay
/// the bytes that they were.
/// </summary>
internal sealed class UnixCommand(byte[][] words, CommandEnvironment environment)
{
    private const int NoRight = 13;
    private const int NoFolder = 20;

    // Scripts use low numbers for files of their own, and would let go of the lock without a word.
    private const int LowestNumber = 100;
    private const int LowestOfAll = 10;

    /// <summary>Starts it with open files among those that it inherits; gives its process id.</summary>
    /// <exception cref="Win32Exception">It does not start; the number is the system's: 2 if there is no such program.</exception>
    public int Start(IReadOnlyList<SafeHandle> files)
    {
        UnixSpawn.KeepEnded();
        var numbered = new List<(int Own, int There)>(files.Count);
        try
        {
            foreach (var file in files)
                numbered.Add(((int)file.DangerousGetHandle(), Reserve((int)file.DangerousGetHandle(), LowestNumber + numbered.Count)));
            return Launch(numbered, group: null);
        }
        finally
        {
            if (OperatingSystem.IsLinux())
                numbered.ForEach(file => UnixSystem.Close(file.There));
        }
    }

    /// <summary>Starts it in a process group, with open files at numbers that are given; gives its process id.</summary>
    /// <exception cref="Win32Exception">It does not start; the number is the system's: 2 if there is no such program.</exception>
    public int Start(IReadOnlyList<(int Own, int There)> files, int group)
    {
        UnixSpawn.KeepEnded();
        return Launch(files, group);
    }

    // A number that no other open file has, for another would be missing in the command.
    private static int Reserve(int descriptor, int number)
    {
        if (!OperatingSystem.IsLinux())
            return number;
        // Where so high a number is not allowed, one as high as can be had.
        for (var lowest = LowestNumber; ; lowest /= 2)
        {
            if (UnixSystem.Duplicate(descriptor, lowest) is var reserved and >= 0)
                return reserved;
            if (lowest < LowestOfAll)
                throw new Win32Exception(Marshal.GetLastSystemError());
        }
    }

    private int Launch(IReadOnlyList<(int Own, int There)> files, int? group)
    {
        var errno = UnixSpawn.NoEntry;
        foreach (var program in Candidates())
        {
            var started = UnixSpawn.Start(program, words, environment.Variables, files, group);
            if (started > 0)
                return started;
            // What is there and may not be run is told, unless the same name is found further on.
            if (-started == NoRight)
                errno = NoRight;
            else if (-started is not (UnixSpawn.NoEntry or NoFolder))
                throw new Win32Exception(-started);
        }
        throw new Win32Exception(errno);
    }

    private IEnumerable<byte[]> Candidates()
    {
        var name = words[0];
        if (name.Length == 0 || Array.IndexOf(name, (byte)'/') >= 0)
        {
            yield return name;
            yield break;
        }
        byte[] path = environment["PATH"] ?? [.. "/usr/bin:/bin"u8];
        for (var start = 0; start <= path.Length;)
        {
            var end = Array.IndexOf(path, (byte)':', start) is var mark and >= 0 ? mark : path.Length;
            // An empty entry is the current folder.
            byte[] folder = end == start ? [(byte)'.'] : path[start..end];
            yield return [.. folder, (byte)'/', .. name];
            start = end + 1;
        }
    }
}
