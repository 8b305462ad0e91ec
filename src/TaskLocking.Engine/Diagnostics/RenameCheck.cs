using System;
using System.IO;

namespace TaskLocking.Diagnostics;

/// <summary>
/// A file must be replaceable by a rename while somebody reads it: the reader keeps the old one whole, the path has the new one.
/// </summary>
internal static class RenameCheck
{
    private const string Old = "old";
    private const string New = "new";

    public static string Run(string path, string temporary)
    {
        File.WriteAllText(path, Old);
        File.WriteAllText(temporary, New);
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Replace(temporary, path);
        if (reader.ReadToEnd() is var kept && kept != Old)
            throw Broken($"a reader of the old file then saw '{kept}'");
        if (ReadShared(path) is var found && found != New)
            throw Broken($"the path then had '{found}'");
        return "A file was replaced by a rename while it was open; its reader kept the old one.";
    }

    private static void Replace(string source, string destination)
    {
#if NET
        File.Move(source, destination, overwrite: true);
#else
        File.Replace(source, destination, destinationBackupFileName: null);
#endif
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static TaskLockingException Broken(string seen) => new(RefusalCode.StoreUnavailable,
        $"A file was replaced by a rename while it was open, and {seen}. Readers could see half a document here: use another file system.");
}
