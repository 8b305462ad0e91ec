using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Removes the temporary files of killed processes. Every file that <see cref="FileBytes.WriteBeside"/> makes in the store is made and
/// moved to its place under the publish lock or under the state lock: whoever holds both has no living writer beside him, and what he
/// finds then, and found before, is nobody's.
/// </summary>
/// <remarks>Calling sequence: <see cref="Find"/>, without locks and nearly always nothing; take both locks; <see cref="Remove"/>.</remarks>
internal static class TemporarySweep
{
    private const string Extension = ".tmp";
    private const int RandomLength = 12; // what Path.GetRandomFileName gives: eight characters, a dot, three

    /// <summary>The files that may be left over, or belong to somebody who is just writing.</summary>
    public static List<string> Find(StorePaths paths)
    {
        var found = new List<string>();
        Add(paths.Folder, name => name is "state.todo2.json" or "state.todo2.json.bak" or ".gitignore");
        Add(paths.Journals, name => name is "published");
        Add(paths.Aside, _ => true);
        return found;

        void Add(string folder, Func<string, bool> isOurs)
        {
            foreach (var path in Files(folder))
            {
                if (Target(Path.GetFileName(path)) is { } name && isOurs(name))
                    found.Add(path);
            }
        }
    }

    /// <summary>Whether a file is named as one that is to take another's place.</summary>
    public static bool IsName(string name) => Target(name) is not null;

    /// <summary>Call under the publish lock and the state lock.</summary>
    public static void Remove(List<string> found)
    {
        foreach (var path in found)
            FileBytes.TryDelete(path);
    }

    // Where something else stands, or the right to look is missing, nothing is swept; whoever needs the folder tells that.
    private static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return StoreFolder.Files(folder, ".*" + Extension);
        }
        catch (TaskLockingException)
        {
            return [];
        }
    }

    // ".state.todo2.json.w4r2jzqm.0ba.tmp" is to become "state.todo2.json"; null for what is not named so.
    private static string? Target(string name)
    {
        var end = name.Length - Extension.Length - RandomLength - 1;
        if (end < 2 || name[0] != '.' || name[end] != '.' || name[end + 9] != '.' || !name.EndsWith(Extension, StringComparison.Ordinal))
            return null;
        for (var index = end + 1; index < end + 1 + RandomLength; index++)
        {
            if (name[index] is not (>= 'a' and <= 'z' or >= '0' and <= '9') && index != end + 9)
                return null;
        }
        return name[1..end];
    }
}
