using System;
using System.Collections.Generic;
using TaskLocking.Locking;

namespace TaskLocking.FileStore;

/// <summary>
/// The files whose place a new document took while somebody had them open to write: what he writes then has no name any more, and is taken
/// over as if it had. Looked at for a moment, by whoever published, without a lock. Not thread-safe.
/// </summary>
internal sealed class ReplacedDocuments : IDisposable
{
    /// <summary>How long one waits for somebody to end his writing.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly List<Item> _items = [];

    /// <summary>A file, as it was when it was replaced, and the version that it showed.</summary>
    private sealed record Item(OpenFile File, FileStamp Before, long Shown);

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Keeps a file that was just replaced, if anybody may still write to it; closes it if not.</summary>
    public void Add(OpenFile file, FileStamp? before, long shown)
    {
        if (before is { } known && file.Stamp is { } now && now.IsSameFile(known) && (now != known || file.IsOpenToWrite == true))
            _items.Add(new Item(file, known, shown));
        else
            file.Dispose();
    }

    /// <summary>
    /// Waits, no longer than the moment, until nobody writes any more, and gives what was written, with the version that its writer saw.
    /// After it nothing is kept.
    /// </summary>
    public List<(DocumentReading Reading, long Shown)> Settle()
    {
        var backoff = new Backoff(Moment);
        while (_items.Exists(item => item.File.IsOpenToWrite == true) && backoff.Pause(default))
        {
            // The writer is not held up.
        }
        var written = new List<(DocumentReading, long)>();
        foreach (var item in _items)
        {
            if (item.File.Stamp is { } stamp && stamp != item.Before)
                written.Add((DocumentReading.Of(stamp, item.File.ReadToEnd()), item.Shown));
        }
        Dispose();
        return written;
    }

    public void Dispose()
    {
        foreach (var item in _items)
            item.File.Dispose();
        _items.Clear();
    }
}
