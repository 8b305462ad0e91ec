using System;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Waits until a folder has a version that somebody has not seen, or somebody else writes the document. The system wakes it where it can;
/// else, and beside that, it looks now and then.
/// </summary>
internal sealed class ChangeWait(GuardedImage source, StorePaths paths)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private FileStamp? _journal;
    private FileStamp? _document;
    private bool _hasLooked;

    /// <summary>True if there is a newer version, false when the time is over without one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Run(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        var before = FileStamp.Of(paths.Document);
        using var changes = source.IsOnShare ? null : FolderChanges.TryOpen(paths.Folder, paths.Journals);
        for (var pause = ShortestPause; ; pause = Deadline.Shorter(pause + pause, LongestPause))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsNewer(version, before))
                return true;
            var left = deadline.Remaining;
            if (left == TimeSpan.Zero)
                return false;
            if (changes is not null)
                changes.Wait(Deadline.Shorter(LongestPause, left));
            else
                cancellationToken.WaitHandle.WaitOne(Deadline.Shorter(pause, left));
        }
    }

    private bool IsNewer(long version, FileStamp? before)
    {
        lock (source.Gate)
        {
            // On a share everything is read anew, so not before it looks different.
            if (_hasLooked && source is { IsOnShare: true, Image.Journal: { } open } && FileStamp.Of(open.Path) == _journal
                && FileStamp.Of(paths.Document) == _document)
            {
                return source.Image.State.Version > version;
            }
            (_hasLooked, _document) = (true, FileStamp.Of(paths.Document));
            source.Refresh();
            var image = source.Image!;
            _journal = image.Journal is { } journal ? FileStamp.Of(journal.Path) : null;
            return image.State.Version > version || (_document != before && (image.NeedsJournal || image.Foreign is not null));
        }
    }
}
