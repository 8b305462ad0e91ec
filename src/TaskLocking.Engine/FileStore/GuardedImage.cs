using System;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The newest state of the folder that this process knows, and the gate that guards it: what those share who commit, read, publish and
/// make checkpoints.
/// </summary>
/// <remarks>
/// <para>Two locks, always in this order: the state lock of the folder, then <see cref="Gate"/>; the gate is never held while waiting for a
/// file. What is not said to take the gate is to be called under it.</para>
/// <para>Failure modes: what fails half-way is loaded anew by whoever comes next.</para>
/// </remarks>
/// <param name="paths">The files.</param>
/// <param name="writer">Works on them under the state lock.</param>
/// <param name="isOnShare">For tests: the folder is treated as one that other hosts write to.</param>
internal sealed class GuardedImage(StorePaths paths, StoreWriter writer, bool isOnShare = false) : IDisposable
{
    // Of so many todos at once the patches are taken into account while a commit may be waiting.
    private const int TodosAtOnce = 200;

    private readonly Lazy<bool> _isOnShare = new(() => isOnShare || MountInfo.Of(paths.Folder).IsShare);

    public object Gate { get; } = new();

    /// <summary>Null before the first look, and after one that failed.</summary>
    public StoreImage? Image { get; private set; }

    /// <summary>Whether the names of the files still mean what is open.</summary>
    public StoreWatch Watch { get; } = new(paths);

    /// <summary>What other hosts wrote is sure to be seen only through a handle that was opened under the lock.</summary>
    public bool IsOnShare => _isOnShare.Value;

    /// <summary>Under the state lock: the newest state, ready to append to.</summary>
    public void CatchUpLocked()
    {
        var image = Image;
        if (image is not null)
            writer.Remember(image);
        Image = null; // What fails half-way is loaded anew.
        if (IsOnShare)
        {
            image?.Dispose();
            image = null;
        }
        Image = writer.CatchUp(image);
    }

    /// <summary>
    /// Under the state lock, of a store that is watched: whether nothing has happened to the names. If so, the image is caught up with what
    /// was appended.
    /// </summary>
    public bool IsQuiet() =>
        Image is { MustBegin: false } image && FileStamp.Of(paths.Document) is { } stamp && StoreWriter.IsDocumentKnown(image, stamp)
        && Watch.IsQuiet(image) && image.TryFollowOpen();

    /// <summary>Reads what is new, without a lock on the files; writes nothing. Takes the gate.</summary>
    public void Refresh()
    {
        lock (Gate)
        {
            if (Image is { NeedsJournal: false } && !IsOnShare && Image.Follow(paths) is CatchUp.Current or CatchUp.Torn
                && !writer.IsDocumentForeign(Image))
                return;
            var stamp = Image is { NeedsJournal: true, DocumentStamp: not null } ? FileStamp.Of(paths.Document) : null;
            if (stamp is not null && stamp == Image!.DocumentStamp && !StoreFolder.IsThere(paths.Journals))
                return;
            if (Image is not null)
                writer.Remember(Image);
            Image?.GiveUp();
            Image = null;
            Image = StoreLoader.Load(paths);
        }
    }

    /// <summary>
    /// Does what taking a view would do all at once, in small steps; who commits may come between them. Takes the gate for each.
    /// </summary>
    public void Settle()
    {
        for (var place = 0; ;)
        {
            lock (Gate)
            {
                if (Image is not { } image || !image.State.Settle(ref place, TodosAtOnce))
                    return;
            }
        }
    }

    /// <summary>Gives back what only helps who commits all the time, where nobody has for a while. Takes the gate.</summary>
    public void Rest()
    {
        lock (Gate)
        {
            Watch.CloseIfIdle(Environment.TickCount);
            Image?.Journal?.Settle();
        }
    }

    /// <summary>Closes the files. Takes the gate.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            Watch.Close();
            Image?.Dispose();
        }
    }
}
