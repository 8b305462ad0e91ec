using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.SelfTest;

/// <summary>
/// A file must be replaceable by a rename, in one step: whoever reads it keeps the old one whole, the path has the new one. Where the
/// system refuses that as long as the file is open, it must do it afterwards: the document is then published at the next chance.
/// </summary>
internal static class RenameCheck
{
    private const string Old = "old";
    private const string New = "new";

    public static string Run(string path, string temporary) => Run(path, temporary, FileBytes.Rename);

    /// <summary>The same with another way to rename.</summary>
    public static string Run(string path, string temporary, Action<string, string> rename)
    {
        File.WriteAllText(path, Old);
        File.WriteAllText(temporary, New);
        var isRefused = false;
        using (var reader = new StreamReader(Open(path)))
        {
            try
            {
                rename(temporary, path);
            }
            catch (IOException exception) when (ShareModeLockFile.IsContention(exception.HResult))
            {
                isRefused = true;
            }
            if (reader.ReadToEnd() is var kept && kept != Old)
                throw Broken($"a reader of the old file then saw '{kept}'");
        }
        if (isRefused)
            rename(temporary, path);
        using (var reader = new StreamReader(Open(path)))
        {
            if (reader.ReadToEnd() is var found && found != New)
                throw Broken($"the path then had '{found}'");
        }
        return isRefused
            ? "A file was replaced by a rename as soon as nobody had it open; before that the system refuses it here, so a document "
                + "that another program keeps open is brought up to date when that closes it."
            : "A file was replaced by a rename while it was open; its reader kept the old one.";
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static TaskLockingException Broken(string seen) => new(RefusalCode.StoreUnavailable,
        $"A file was replaced by a rename while it was open, and {seen}. Readers could see half a document here: use another file system.");
}
