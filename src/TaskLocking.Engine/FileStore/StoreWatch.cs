using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Whether the names that a store rests on, its lock and its journal, still mean the files that it has open, and which task locks there
/// are: told by the system. Without it every commit looks them up under the lock, a walk along the path for each.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="Use"/> before the lock; under it <see cref="IsQuiet"/>, if <see cref="IsSure"/> was so before. Where
/// it was not, and where anything happened, all names are looked at in full, and then <see cref="Confirm"/> tells so. <see cref="Close"/>
/// at the end. Not thread-safe: the store guards it.</para>
/// <para>Failure modes: what it cannot know is an answer of false, after which everything is looked up. It sees the names in the folders
/// alone: that the document was written in place, or a folder above was moved, the document's own stamp must tell, which every commit asks
/// for first. The document of another folder may become known, too, where it was published there: a stamp that is new has the folders
/// looked at.</para>
/// </remarks>
internal sealed class StoreWatch(StorePaths paths) : INameEvents
{
    /// <summary>In milliseconds.</summary>
    public const int Idle = 1000;

    // Who commits now and then needs no watch, of which the system has few for a user: one is opened after so many commits without a pause.
    private const int Busy = 32;
    private const int LongestPause = 100; // in milliseconds
    private const int Most = 8; // of this process

    private const int StoreFolder = 0;
    private const int JournalFolder = 1;

    private static int _open;

    private readonly byte[] _lockName = Name(paths.StateLock);
    private readonly byte[] _journalsName = Name(paths.Journals);
    private readonly byte[] _locksName = Name(paths.Locks);
    private readonly HashSet<string> _taskLocks = new(StringComparer.Ordinal);
    private FolderWatch? _folders;
    private JournalFile? _journal; // the one that was confirmed
    private byte[] _journalName = [];
    private byte[] _endedName = [];
    private FileStamp? _document; // the one that was seen in these folders
    private int _uses;
    private int _lastUse;
    private bool _isTouched;
    private bool _isLost;
    private bool _hidesHolds;

    /// <summary>Everything was looked at since the watch began, and nothing has been told since.</summary>
    public bool IsSure { get; private set; }

    /// <summary>To be called before every commit: begins the watch where they come thick and fast.</summary>
    public void Use()
    {
        var now = Environment.TickCount;
        if (now - _lastUse > LongestPause)
            _uses = 0;
        _lastUse = now;
        if (_isLost)
            Close();
        if (_folders is null && ++_uses >= Busy)
            Open();
    }

    /// <summary>
    /// Whether nothing has happened to the names. Under the state lock: what happened before it was taken is known by now. The document
    /// must have been found as the image knows it.
    /// </summary>
    public bool IsQuiet(StoreImage image)
    {
        if (!IsSure || _folders is not { } folders || image.Journal != _journal)
            return IsSure = false;
        if (!folders.TryRead(this) || (image.DocumentStamp != _document && !folders.IsInPlace()))
            _isLost = true;
        _document = image.DocumentStamp;
        return IsSure = !_isLost && !_isTouched;
    }

    /// <summary>Something is not as it was known: until all names were looked at nothing that is told is enough.</summary>
    public void Doubt() => IsSure = false;

    /// <summary>
    /// Whether one of the tasks has a lock file, or had one since the watch began: it may have been taken away below its holder. Good under
    /// the state lock, after <see cref="IsQuiet"/> was true.
    /// </summary>
    public bool HasTaskLock(IEnumerable<string> ids)
    {
        if (_hidesHolds)
            return true;
        if (_taskLocks.Count == 0)
            return false;
        foreach (var id in ids)
        {
            if (_taskLocks.Contains(Path.GetFileName(TaskLockFile.PathOf(paths.Locks, id))))
                return true;
        }
        return false;
    }

    /// <summary>To be called under the state lock after all names were looked at: from here on what is told is enough.</summary>
    public void Confirm(StoreImage image)
    {
        if (_folders is null || _isLost)
            return;
        _isLost = !_folders.IsInPlace();
        if (_isLost)
            return;
        if (image.Journal != _journal)
            (_journal, _journalName, _endedName) = (image.Journal, Name(image.Journal!.Path), Name(paths.Ended(image.Journal.Sequence)));
        _document = image.DocumentStamp;
        _isTouched = false;
        IsSure = true;
    }

    /// <summary>Ends the watch if nobody has used it for <see cref="Idle"/> milliseconds before <paramref name="now"/>.</summary>
    public void CloseIfIdle(int now)
    {
        if (now - _lastUse >= Idle)
            Close();
    }

    /// <summary>Ends the watch. The system may take some milliseconds.</summary>
    public void Close()
    {
        IsSure = _isLost = _isTouched = false;
        _journal = null;
        if (_folders is null)
            return;
        _folders.Dispose();
        _folders = null;
        Interlocked.Decrement(ref _open);
    }

    void INameEvents.Appeared(int folder, ReadOnlySpan<byte> name)
    {
        if (folder is StoreFolder or JournalFolder)
            Touch(folder, name);
        else
            _taskLocks.Add(Encoding.UTF8.GetString(name.ToArray()));
    }

    void INameEvents.Vanished(int folder, ReadOnlySpan<byte> name)
    {
        if (folder is StoreFolder or JournalFolder)
            Touch(folder, name);
    }

    private void Touch(int folder, ReadOnlySpan<byte> name)
    {
        _isTouched |= folder == StoreFolder
            ? name.SequenceEqual(_lockName)
            : name.SequenceEqual(_journalName) || name.SequenceEqual(_endedName);
        // Another folder is not the one that is watched.
        _isLost |= folder == StoreFolder && (name.SequenceEqual(_journalsName) || name.SequenceEqual(_locksName));
    }

    private void Open()
    {
        _uses = 0;
        if (Interlocked.Increment(ref _open) > Most || !TryOpen())
            Interlocked.Decrement(ref _open);
    }

    private bool TryOpen()
    {
        try
        {
            var hasLocks = Locking.StoreFolder.IsThere(paths.Locks);
            _folders = FolderWatch.TryOpenAll(hasLocks ? [paths.Folder, paths.Journals, paths.Locks] : [paths.Folder, paths.Journals]);
            _taskLocks.Clear();
            if (_folders is not null && hasLocks)
            {
                foreach (var path in Locking.StoreFolder.Files(paths.Locks, "*"))
                    _taskLocks.Add(Path.GetFileName(path));
            }
            _hidesHolds = _folders is not null && HidesHolds();
            return _folders is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            _folders?.Dispose();
            _folders = null;
            return false;
        }
    }

    // Whether somebody holds a task whose lock file was gone before the watch began.
    private bool HidesHolds()
    {
        using var marks = HoldMarks.OfOthers(paths.Locks);
        return marks?.HasMarkWithout(_taskLocks) == true;
    }

    private static byte[] Name(string path) => Encoding.UTF8.GetBytes(Path.GetFileName(path));
}
