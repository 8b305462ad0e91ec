using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.SelfTest;

/// <summary>
/// Two handles of this process on one file must exclude each other, as .NET opens them: that is how other programs meet us.
/// </summary>
internal static class ExclusionCheck
{
    public static string Run(string path)
    {
        MountProof.RefuseSwitch(path);
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1))
        {
            if (CanOpen(path))
                throw IoRefusal.NoLocks(path, "a second handle was opened while the first held the file alone");
            using var held = ExclusiveLock.TryAcquire(path);
            if (held is not null)
                throw IoRefusal.NoLocks(path, "the lock was given while a handle held the file alone");
        }
        using (ExclusiveLock.Acquire(path))
        {
            if (CanOpen(path))
                throw IoRefusal.NoLocks(path, "a handle was opened while the lock was held");
        }
        return "Two handles exclude each other, and a closed one lets the next in.";
    }

    private static bool CanOpen(string path)
    {
        try
        {
            using var second = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return true;
        }
        catch (IOException exception) when (exception is not FileNotFoundException)
        {
            return false;
        }
    }
}
