using System;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The highest number of one root, kept up to date by what the system tells of the root's names, so that an allocation need not read
/// them all. It believes nothing that it did not see: whenever it may have missed something, and when the highest goes, it scans.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Open"/> before the lock, <see cref="Highest"/> under it; <see cref="Close"/> at any time, after which
/// every call scans. Safe for several threads.
/// </remarks>
internal sealed class TopicWatch(string root, Func<string, FolderWatch?> open, Func<string, int> scan) : INameEvents
{
    private readonly object _gate = new();
    private FolderWatch? _folder;
    private bool _tried;
    private bool _known;
    private int _highest;

    /// <summary>The root, canonical.</summary>
    public string Root => root;

    /// <summary>When it was last asked for, in milliseconds of the table's clock.</summary>
    public int LastUse { get; set; }

    /// <summary>Begins to watch, once; where that is refused, every call scans.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_tried)
                return;
            _tried = true;
            _folder = open(root);
            // For the code: a cold process would otherwise compile it under the lock.
            _ = _folder?.TryRead(this);
        }
    }

    /// <summary>The highest number that is taken, 0 if none is. Call under the root's lock.</summary>
    /// <exception cref="TaskLockingException">As <see cref="TopicScan.Highest"/>.</exception>
    public int Highest()
    {
        lock (_gate)
        {
            if (_folder is not null && !(_folder.IsInPlace() && _folder.TryRead(this)))
            {
                _known = false;
                _folder.Dispose();
                _folder = open(root);
            }
            if (_folder is null)
                return scan(root);
            if (!_known)
            {
                _highest = scan(root);
                _known = true;
            }
            return _highest;
        }
    }

    /// <summary>Stops watching.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _tried = true;
            _folder?.Dispose();
            _folder = null;
        }
    }

    void INameEvents.Appeared(int folder, ReadOnlySpan<byte> name)
    {
        var number = NumberOf(name);
        // From here on years count, and which are there only a scan tells.
        if (number >= TopicFolderName.NearYears && _highest < TopicFolderName.NearYears)
            _known = false;
        _highest = Math.Max(_highest, number);
    }

    void INameEvents.Vanished(int folder, ReadOnlySpan<byte> name)
    {
        // Another may have the same number, or the next lower is far below: only a scan tells.
        if (NumberOf(name) is >= 0 and var number && number >= _highest)
            _known = false;
    }

    private int NumberOf(ReadOnlySpan<byte> name) => TopicFolderName.NumberOf(name) is var number && number == TopicFolderName.Dated
        && _highest >= TopicFolderName.NearYears ? TopicFolderName.YearOf(name) : number;
}
