using System;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// What the document, or its backup, shows of one version. It is taken under the gate, and written without it: that takes long.
/// </summary>
internal sealed class DocumentView
{
    private readonly StateSnapshot _snapshot;
    private readonly DocumentFrame _frame;
    private readonly string _time;

    /// <summary>The view of an image as it is now.</summary>
    /// <param name="image">The image.</param>
    /// <param name="clock">Tells the time of a document that no commit has changed.</param>
    public DocumentView(StoreImage image, TimeProvider clock)
    {
        _snapshot = image.State.Snapshot();
        _frame = image.State.Frame;
        _time = image.State.LastModified ?? Timestamp.Format(clock.GetUtcNow());
        Mark = image.Mark;
        Size = image.State.Size;
    }

    /// <summary>Where in which journal the version ends.</summary>
    public DocumentMark Mark { get; }

    /// <summary>About the bytes that it takes.</summary>
    public long Size { get; }

    /// <summary>A buffer that it goes into.</summary>
    public ByteBuffer NewBuffer() => new(LargeArray.Of((int)Math.Min(Size + 4096, int.MaxValue / 2)));

    /// <summary>Writes it.</summary>
    public void Render(ByteBuffer buffer) => _frame.Render(buffer, _snapshot.Entries, _time, _snapshot.NextTaskNumber ?? 0, Mark);
}
