using System;
using System.IO;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// The rest of the first commit of a store that begins empty: its journal, which tells everything by itself, is made under the state lock
/// without a flush, because hundreds may wait there. Whoever flushes it makes its name durable as well, until the backup tells that this is
/// done.
/// </summary>
internal static class Beginning
{
    /// <summary>To be called without the state lock, behind a flush of the journal and before anybody is told.</summary>
    /// <exception cref="IOException">The name may or may not last.</exception>
    public static void Settle(StorePaths paths, JournalFile journal)
    {
        try
        {
            PlatformFile.FlushFolder(paths.Journals);
            PlatformFile.FlushFolder(paths.Folder);
            PlatformFile.FlushFolder(Path.GetDirectoryName(paths.Folder)!);
        }
        catch (TaskLockingException refused)
        {
            throw new IOException(refused.Refusal.Message, refused);
        }
        try
        {
            WriteBackup(paths, journal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            // The commit lasts without it. Until somebody writes it, everybody settles for himself.
        }
        journal.IsUnsettled = !File.Exists(paths.Backup);
    }

    // Who makes a checkpoint holds the publish lock, and his backup is newer than this one: it must not be replaced.
    private static void WriteBackup(StorePaths paths, JournalFile journal)
    {
        using var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
        if (turn is null || File.Exists(paths.Backup))
            return;
        var mark = new DocumentMark(journal.Epoch, 0, journal.Sequence, journal.HeaderEnd, journal.HeaderChain);
        var bytes = new ByteBuffer(1024);
        DocumentFrame.Default.Render(bytes, [], Timestamp.Format(DateTimeOffset.UtcNow), 0, mark);
        FileBytes.Replace(FileBytes.WriteBeside(paths.Backup, bytes.Written), paths.Backup);
        Failpoint.Hit("begin.after-backup");
    }
}
