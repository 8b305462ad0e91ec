using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Reads the newest state without a lock. What does not parse may be in the making: it is looked at again, for a moment, once for each
/// state of it.
/// </summary>
internal sealed class StoreReading(GuardedImage source, StorePaths paths, StoreWriter writer, StoreNotices notices)
{
    private FileStamp? _awaited; // a document that did not parse after a moment either; guarded as the image is

    /// <summary>The state with what the next commit will adopt of what somebody else wrote.</summary>
    public ITaskState Read(CancellationToken cancellationToken)
    {
        var isOver = false;
        for (var backoff = Backoff.OnDemand(DocumentInMaking.Moment, longestSleep: 15); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (source.Gate)
            {
                source.Refresh();
                var image = source.Image!;
                if (image.Journal is null)
                    StoreGuard.TellGone(paths, notices);
                var fault = image.Journal is null ? null : image.DocumentFault;
                var isInMaking = fault is not null && DocumentInMaking.Is(paths);
                if (fault is not null && !isInMaking && !image.IsDocumentBusy)
                    writer.Notices.IsBroken(fault);
                // Once for each state of it: a reader who asks again and again is not held up every time.
                isOver |= _awaited == image.DocumentStamp;
                if (!isInMaking || isOver)
                {
                    _awaited = isInMaking ? image.DocumentStamp : null;
                    image.State.Tidy();
                    return image.Foreign is { } foreign ? writer.Preview(image, foreign) : image.State.Snapshot();
                }
            }
            isOver = !backoff.Pause(cancellationToken);
        }
    }
}
