using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>
/// Proof before trust: a lock counts only where two handles on one file exclude each other. The switch is looked at before anything is
/// written; the handles are tried once a folder and process, on the lock file itself, at the moment when it is held: then a second
/// handle must be refused, whoever else is waiting.
/// </summary>
internal static class MountProof
{
    private const string Switch = "System.IO.DisableFileLocking";
    private const string Variable = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    private static readonly HashSet<string> Proven = new(StringComparer.Ordinal);

    private static bool IsSwitchedOff { get; } =
        (AppContext.TryGetSwitch(Switch, out var disabled) && disabled) ||
        Environment.GetEnvironmentVariable(Variable) is { } value
            && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses if .NET was told not to lock: other .NET programs on these files would then not be kept out.</summary>
    public static void RefuseSwitch(string path)
    {
        if (IsSwitchedOff)
            throw IoRefusal.NoLocks(path, $"{Variable} (or the switch {Switch}) turns file locking off; remove it");
    }

    /// <summary>Call while <paramref name="path"/> is held through another handle.</summary>
    public static void Prove(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        lock (Proven)
        {
            if (Proven.Contains(folder))
                return;
        }
        using (var second = LockFile.Open(path, create: false))
        {
            if (second is not null && second.TryLock())
                throw IoRefusal.NoLocks(path, "a second handle got the lock while the first held it");
        }
        lock (Proven)
            Proven.Add(folder);
    }
}
