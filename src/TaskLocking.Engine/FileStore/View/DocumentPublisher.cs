using System;
using System.IO;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// One publication: the newest durable version, rendered and flushed beside the document, put in its place under the state lock where that
/// is still the document that we know. What somebody wrote meanwhile is taken over first; what he writes into a file that was just
/// replaced, after.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Publish"/> under the publish lock, as long as <see cref="IsBehind"/>; <see cref="TakeOver"/> without it.
/// </remarks>
internal sealed class DocumentPublisher(GuardedImage source, StorePaths paths, StoreWriter writer, CommitFlush flush) : IDisposable
{
    private readonly DocumentPlace _place = new(paths);
    private readonly ReplacedDocuments _replaced = new();
    private volatile int _obstacle;

    // Reused while nobody needs the memory: a document has megabytes, and a busy store renders it ten times a second.
    private WeakReference<ByteBuffer>? _buffer;

    /// <summary>What the last one took.</summary>
    public TimeSpan Cost { get; private set; }

    /// <summary>The document as this process published it last.</summary>
    public FileStamp? Ours { get; private set; }

    /// <summary>Why the last try did not put the document there; none if it did.</summary>
    public DocumentObstacle Obstacle
    {
        get => (DocumentObstacle)_obstacle;
        private set => _obstacle = (int)value;
    }

    /// <summary>What others see, why, and what to do, in one line.</summary>
    public StoreNotice Notice(DocumentObstacle obstacle) =>
        new(StoreNoticeKind.DocumentNotPublished, _place.Sentence(obstacle), paths.Document);

    public TaskLockingException Refuse() => _place.Refuse(Obstacle);

    /// <summary>Whether the document shows less than there is.</summary>
    public bool IsBehind()
    {
        lock (source.Gate)
        {
            if (source.Image is not { Journal: not null } image)
                return false;
            _ = image.Follow(paths);
            var stamp = FileStamp.Of(paths.Document);
            if (stamp != image.DocumentStamp)
                _ = writer.IsPublished(image, stamp);
            return image.PublishedVersion < image.State.Version || stamp is null;
        }
    }

    /// <summary>Whether somebody may still write to a file that was replaced.</summary>
    public bool HasReplaced => !_replaced.IsEmpty;

    /// <summary>Brings the document up to the newest durable version. The publish lock is held.</summary>
    public void Publish()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        DocumentView view;
        JournalFile journal;
        FileStamp? before;
        bool isAdopted;
        long shown;
        source.Settle();
        lock (source.Gate)
        {
            var image = source.Image!;
            view = writer.ViewOf(image);
            journal = image.Journal!;
            (before, shown) = (image.DocumentStamp, image.PublishedVersion);
            isAdopted = StoreWriter.IsDocumentKnown(image, before);
        }
        if (!isAdopted)
        {
            Adopt();
            return;
        }
        // Who shows his own commit alone has flushed it. A version tells nothing: it may come again in a store that was put back.
        if (!journal.HasFlushed(view.Mark.Offset))
            flush.Run(new WrittenLine(journal, view.Mark.Version));
        var buffer = Buffer(view);
        view.Render(buffer);
        var temporary = _place.Prepare(buffer.Written);
        using var hint = PublishedStamp.Open(paths);
        // As long as somebody has the old document open, replacing it frees nothing on the disk: that would take milliseconds.
        var replaced = OpenFile.At(paths.Document);
        FileStream? written = null;
        try
        {
            Failpoint.Hit("publish.before-rename");
            using (ExclusiveLock.Acquire(paths.StateLock, new LockOptions { IsThreadBound = false }))
            {
                if (journal.LengthIfAtPath() < 0)
                {
                    // The folder has been replaced by another: what we have is not to be shown there.
                    source.Refresh();
                    return;
                }
                if (FileStamp.Of(paths.Document) != before)
                {
                    // Somebody else wrote it, and at best a reader has seen that: adopt first, then publish both.
                    lock (source.Gate)
                        source.CatchUpLocked();
                    return;
                }
                var old = before is { } left
                    ? new PublishedStamp(shown >= 0 ? shown : PublishedStamp.VersionOf(paths, left) ?? 0, left) { IsLess = shown < 0 }
                    : null;
                var published = new PublishedStamp(view.Mark.Version, default, (long)Deadline.Since(started).TotalMilliseconds * 1000);
                if (temporary is not null)
                {
                    published = published with { Stamp = FileStamp.Of(temporary)!.Value }; // A rename changes none of it.
                    (published with { Replaces = old }).Write(hint);
                }
                Failpoint.Hit("publish.between");
                Obstacle = _place.Put(temporary, buffer.Written, out written);
                if (Obstacle != DocumentObstacle.None)
                {
                    // Who finds the old one still knows it, and why it is there.
                    (old is null ? null : old with { Cost = published.Cost, Obstacle = Obstacle })?.Write(hint);
                    return;
                }
                if (written is not null)
                    published = published with { Stamp = FileStamp.Of(written.SafeFileHandle)!.Value };
                published.Write(hint);
                lock (source.Gate)
                {
                    source.Image!.DocumentStamp = Ours = published.Stamp;
                    source.Image.PublishedVersion = view.Mark.Version;
                }
                if (written is null)
                {
                    _replaced.Add(replaced, before, shown);
                    replaced = null;
                }
            }
            Failpoint.Hit("publish.after-rename");
            RightsSweep.Run(paths, Ours!.Value);
        }
        finally
        {
            replaced?.Dispose();
            DocumentPlace.Flush(written);
            if (temporary is not null)
                FileBytes.TryDelete(temporary);
            Cost = Deadline.Since(started);
        }
    }

    /// <summary>
    /// Takes over what somebody wrote into a file that had just been replaced; he is waited for, for a moment. No lock is held.
    /// </summary>
    public void TakeOver()
    {
        if (_replaced.IsEmpty)
            return;
        foreach (var (reading, shown) in _replaced.Settle())
        {
            WrittenLine line;
            using (ExclusiveLock.Acquire(paths.StateLock, Checkpointer.Waiting))
            {
                lock (source.Gate)
                {
                    source.CatchUpLocked();
                    writer.TakeOver(source.Image!, reading, shown);
                    line = new WrittenLine(source.Image!.Journal!, source.Image.State.Version);
                    flush.Announce(line.Journal);
                }
            }
            flush.Run(line);
        }
    }

    public void Dispose() => _replaced.Dispose();

    // What stands there is foreign, or no document: that comes first. Somebody may be at it still.
    private void Adopt()
    {
        using (ExclusiveLock.Acquire(paths.StateLock, new LockOptions { IsThreadBound = false }))
        {
            lock (source.Gate)
            {
                source.CatchUpLocked();
                Obstacle = source.Image is { IsDocumentBroken: true } ? DocumentObstacle.InMaking : DocumentObstacle.None;
            }
        }
    }

    private ByteBuffer Buffer(DocumentView view)
    {
        if (_buffer is null || !_buffer.TryGetTarget(out var buffer))
            _buffer = new WeakReference<ByteBuffer>(buffer = view.NewBuffer());
        buffer.Clear();
        return buffer;
    }
}
