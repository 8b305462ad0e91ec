using System;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The name of the document, and how a new one gets there: by a rename; where the name cannot be replaced, since it is mounted by itself or
/// its folder cannot be written to, by writing into the file that is there. Never through a link, never into a file that has other names.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Prepare"/> without a lock; <see cref="Put"/> under the publish lock and the state lock; <see cref="Flush"/>
/// without. Failure modes: what cannot be put there tells what stands in the way, and the old document stays. Killed while it writes into
/// the file, half of it stands there, which backup and journal make good.
/// </remarks>
internal sealed class DocumentPlace(StorePaths paths)
{
    private const int Busy = 16;

    private DocumentObstacle _unprepared;

    /// <summary>A file beside the document, to be moved to its place; null where none can be made.</summary>
    public string? Prepare(ReadOnlySpan<byte> bytes)
    {
        _unprepared = DocumentObstacle.None;
        try
        {
            return FileBytes.WriteBeside(paths.Document, bytes);
        }
        catch (TaskLockingException refused)
        {
            _unprepared = ObstacleOf(refused);
            return null;
        }
    }

    /// <summary>Puts it there, or tells what stands in the way.</summary>
    /// <param name="temporary">The file beside it, if there is one.</param>
    /// <param name="bytes">The document.</param>
    /// <param name="written">The file if it was written into, to be flushed; null if it was replaced.</param>
    public DocumentObstacle Put(string? temporary, ReadOnlySpan<byte> bytes, out FileStream? written)
    {
        written = null;
        // A rename would make a file of a link.
        if (FileFacts.At(paths.Document) is { IsLink: true })
            return DocumentObstacle.Link;
        var obstacle = Replace(temporary);
        return IsOfName(obstacle) ? WriteInto(bytes, obstacle, out written) : obstacle;
    }

    /// <summary>Whether the file that is there can be written where its name cannot be replaced.</summary>
    public bool CanWriteInto(DocumentObstacle obstacle)
    {
        try
        {
            using var file = IsOfName(obstacle) ? StoreFile.TryOpen(paths.Document, FileAccess.ReadWrite) : null;
            return file is not null;
        }
        catch (TaskLockingException)
        {
            return false;
        }
    }

    /// <summary>Moves what was prepared there, or tells what stands in the way.</summary>
    public DocumentObstacle Replace(string? temporary)
    {
        if (temporary is null)
            return _unprepared;
        try
        {
            FileBytes.Rename(temporary, paths.Document);
            return DocumentObstacle.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ObstacleOf(exception);
        }
    }

    /// <summary>Makes durable what was written into the file, and closes it.</summary>
    public static void Flush(FileStream? written)
    {
        using (written)
        {
            if (written is not null)
                FileBytes.Flush(written, written.SafeFileHandle);
        }
    }

    /// <summary>What others see, why, and what to do, in one line.</summary>
    public string Sentence(DocumentObstacle obstacle) =>
        $"Others see an old document: '{paths.Document}' {Reason(obstacle)}. "
        + "All that was committed is in the journal, and every command sees it.";

    public TaskLockingException Refuse(DocumentObstacle obstacle) =>
        new(new Refusal(RefusalCode.DocumentNotPublished, Sentence(obstacle)) { Path = paths.Document });

    private static bool IsOfName(DocumentObstacle obstacle) =>
        obstacle is DocumentObstacle.Mounted or DocumentObstacle.ReadOnly or DocumentObstacle.NoRight;

    private DocumentObstacle WriteInto(ReadOnlySpan<byte> bytes, DocumentObstacle obstacle, out FileStream? written)
    {
        written = null;
        try
        {
            if (StoreFile.TryOpen(paths.Document, FileAccess.ReadWrite) is not { } file)
                return obstacle;
            written = file;
            // Whoever meets half a document goes by the backup.
            if (!StoreFile.IsThere(paths.Backup))
                FileBytes.Replace(FileBytes.WriteBeside(paths.Backup, bytes, bound: paths.Document), paths.Backup);
            WriteOver(file, bytes);
            return DocumentObstacle.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            written?.Dispose();
            written = null;
            // That it cannot be written either tells less than why it cannot be replaced.
            return ObstacleOf(exception) is var second && second is DocumentObstacle.NoRight or DocumentObstacle.Other ? obstacle : second;
        }
    }

    // A disk that is full in the midst leaves the old document.
    private static void WriteOver(FileStream file, ReadOnlySpan<byte> bytes)
    {
        var old = FileBytes.Read(file, file.SafeFileHandle, 0, checked((int)file.Length));
        try
        {
            FileBytes.Write(file, file.SafeFileHandle, bytes, 0);
            FileBytes.SetLength(file, bytes.Length);
        }
        catch (IOException)
        {
            FileBytes.Write(file, file.SafeFileHandle, old, 0);
            FileBytes.SetLength(file, old.Length);
            throw;
        }
    }

    private static DocumentObstacle ObstacleOf(Exception exception) => exception switch
    {
        TaskLockingException { InnerException: { } inner } and not { Refusal.Code: RefusalCode.UnsafeFile } => ObstacleOf(inner),
        IOException { HResult: Busy } => DocumentObstacle.Mounted,
        UnauthorizedAccessException { InnerException: IOException { HResult: Busy } } => DocumentObstacle.Mounted,
        IOException io when ShareModeLockFile.IsContention(io.HResult) => DocumentObstacle.InUse,
        _ => IoRefusal.From(exception, "").Refusal.Code switch
        {
            RefusalCode.ReadOnlyFileSystem => DocumentObstacle.ReadOnly,
            RefusalCode.AccessDenied => DocumentObstacle.NoRight,
            RefusalCode.DiskFull => DocumentObstacle.DiskFull,
            RefusalCode.UnsafeFile => DocumentObstacle.SeveralNames,
            _ => DocumentObstacle.Other,
        },
    };

    private static string Reason(DocumentObstacle obstacle) => obstacle switch
    {
        DocumentObstacle.Mounted => "is mounted by itself and can be neither replaced nor written; mount the folder that it is in",
        DocumentObstacle.ReadOnly => "is on a file system that is mounted for reading only",
        DocumentObstacle.NoRight =>
            "may be neither replaced nor written; check the rights of the file and its folder, and whether it is immutable",
        DocumentObstacle.SeveralNames =>
            "cannot be replaced, and is not written since it has other names (hard links) or belongs to somebody else",
        DocumentObstacle.Link =>
            "has become a link; end the programs that have the store open, and they find where it leads when they start",
        DocumentObstacle.DiskFull => "has no room on the disk or in the quota",
        DocumentObstacle.InUse => "is kept by another program to itself",
        DocumentObstacle.InMaking => "is being written by another program; it is brought up to date when that is done",
        _ => "cannot be replaced",
    };
}
