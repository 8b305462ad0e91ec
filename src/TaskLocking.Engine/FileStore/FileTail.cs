using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The commits of a folder as they come, read from its journals by a handle of its own: over seals, over journals that have ended without
/// one, over what a crash tore.
/// </summary>
/// <remarks>
/// What is told was flushed before. Where others commit all the time it reads what has come in pieces, not line by line: a follower is to
/// cost them nothing. A document that somebody else wrote is no commit before one of us takes it over.
/// </remarks>
internal sealed class FileTail : ICommitTail
{
    // So often it looks where nothing wakes it, and reads anew although nothing seems to have changed.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    // Between two readings while there is something all the time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly GuardedImage _source;
    private readonly StorePaths _paths;
    private readonly bool _isFlushed;
    private FolderChanges? _changes;
    private JournalCursor? _cursor; // null as long as there is no journal
    private FileStamp? _seen;
    private long _looked;
    private bool _isBusy;
    private bool _hasRest;
    private bool _isStuck;
    private bool _isBeforeAll; // there was no journal: all that comes is new

    private FileTail(GuardedImage source, StorePaths paths, Durability durability)
    {
        (_source, _paths, _isFlushed) = (source, paths, durability == Durability.Full);
        _changes = Watch();
    }

    public long Version { get; private set; }

    /// <inheritdoc cref="ITaskStore.OpenTail"/>
    public static FileTail Open(GuardedImage source, StorePaths paths, Durability durability, long? after)
    {
        var tail = new FileTail(source, paths, durability);
        try
        {
            tail.Begin(after);
            return tail;
        }
        catch
        {
            tail.Dispose();
            throw;
        }
    }

    public IReadOnlyList<TaskEvent> Read(int atMost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _seen = FileStamp.Of(_cursor?.Journal.Path ?? _paths.Backup);
        _looked = Stopwatch.GetTimestamp();
        if (_cursor is null && !TryBegin())
            return [];
        if (_source.IsOnShare && !TryReopen())
            return [Reset()];
        var events = new List<TaskEvent>();
        while (true)
        {
            var (offset, chain) = (_cursor!.Offset, _cursor.Chain);
            Take(events, atMost);
            if (events.Count > 0)
                return Tell(events, atMost, offset, chain);
            if (!TryGoOn(out var isLost))
                return isLost ? [Reset()] : [];
        }
    }

    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        var rest = Pause - Deadline.Since(_looked);
        if (!_hasRest && _isBusy && rest > TimeSpan.Zero)
            cancellationToken.WaitHandle.WaitOne(Deadline.Shorter(rest, deadline.Remaining));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_hasRest || FileStamp.Of(_cursor?.Journal.Path ?? _paths.Backup) != _seen || Deadline.Since(_looked) >= Doubt)
                return true;
            var left = deadline.Remaining;
            if (left == TimeSpan.Zero)
                return false;
            if (_changes is not null)
                _changes.Wait(Deadline.Shorter(Glance, left));
            else
                cancellationToken.WaitHandle.WaitOne(Deadline.Shorter(Pause, left));
        }
    }

    public void Dispose()
    {
        _cursor?.Dispose();
        _changes?.Dispose();
    }

    private FolderChanges? Watch() =>
        _source.IsOnShare ? null : FolderChanges.TryOpen(_paths.Folder, _paths.Journals) ?? FolderChanges.TryOpen(_paths.Folder);

    private void Take(List<TaskEvent> events, int atMost)
    {
        while (events.Count < atMost && _cursor!.TryNext(out var line))
            events.Add(Event(line));
    }

    private TaskEvent Event(ReadOnlyMemory<byte> line)
    {
        try
        {
            return EventLine.Read(line.Span);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new TaskLockingException(new Refusal(RefusalCode.StateCorrupt,
                $"'{_cursor!.Journal.Path}' has a line before byte {_cursor.Offset} that is whole and cannot be understood.")
            { Path = _cursor.Journal.Path }, exception);
        }
    }

    // What is not sure to last is not told; it is read again.
    private List<TaskEvent> Tell(List<TaskEvent> events, int atMost, long offset, uint chain)
    {
        _isStuck = false;
        if (_isFlushed && !_cursor!.MakeSure())
        {
            _cursor.Rewind(offset, chain);
            return [];
        }
        (_isBusy, _hasRest) = (true, events.Count == atMost);
        Version = events[^1].Version;
        return events;
    }

    // Where nothing whole follows: another journal, the end, or that this is not the journal any more.
    private bool TryGoOn(out bool isLost)
    {
        var cursor = _cursor!;
        isLost = false;
        // Between the last look and the end of its name somebody may have appended.
        var hasEnded = cursor.SealNames is not null || cursor.Journal.IsRetired;
        if (!hasEnded && cursor.Journal.LengthIfAtPath() < 0 && HasMore())
            return true;
        var following = cursor.SealNames is { } named ? Journals(named)?.Open(named) : null;
        var length = hasEnded ? -1 : cursor.Journal.LengthIfAtPath();
        isLost = length >= 0 ? length < cursor.Offset || !cursor.EndsAsRead() || IsElsewhere(length > cursor.Offset)
            : following is null && (cursor.SealNames is not null || !TryFollowEnded(out following));
        (_isBusy, _hasRest) = (false, false);
        if (following is null)
            return false;
        cursor.Dispose();
        _cursor = following;
        _seen = null;
        return true;
    }

    private bool HasMore()
    {
        var (offset, chain) = (_cursor!.Offset, _cursor.Chain);
        if (!_cursor.TryNext(out _))
            return _cursor.SealNames is not null;
        _cursor.Rewind(offset, chain);
        return true;
    }

    private bool TryFollowEnded(out JournalCursor? following)
    {
        var journal = _cursor!.Journal;
        following = journal.HasGotLastName ? Journals(journal.Sequence + 1)?.OpenAfter(journal.Sequence) : null;
        return following is not null;
    }

    // Bytes behind the last whole line are on their way, or torn. Where they stay, the store itself has to say what they are.
    private bool IsElsewhere(bool hasMore)
    {
        var wasStuck = _isStuck;
        _isStuck = hasMore;
        if (!hasMore || !wasStuck)
            return false;
        lock (_source.Gate)
        {
            _source.Refresh();
            return _source.Image!.Epoch != _cursor!.Journal.Epoch;
        }
    }

    // The journals of the history that is followed; null where the folder has another one by now, or does not come as far.
    private TailStart? Journals(long atLeast)
    {
        lock (_source.Gate)
        {
            _source.Refresh();
            return _source.Image is { Journal: { } journal } && journal.Epoch == _cursor!.Journal.Epoch && journal.Sequence >= atLeast
                ? new TailStart(_paths, journal.Epoch, journal.Sequence) : null;
        }
    }

    private void Begin(long? after)
    {
        lock (_source.Gate)
        {
            _source.Refresh();
            var image = _source.Image!;
            Version = image.State.Version;
            if (image.Journal is { } journal && after is { } behind && behind != Version)
            {
                _cursor = new TailStart(_paths, journal.Epoch, journal.Sequence).Find(behind, out var known);
                if (_cursor is null && behind != TailVersion.Oldest)
                    throw TailRefusal.Lost(behind, Version);
                Version = _cursor is null ? Version : known;
            }
            else if (after > Version || (after >= 0 && after != Version))
            {
                throw TailRefusal.Lost(after.Value, Version);
            }
            _isBeforeAll = image.Journal is null;
            _cursor ??= AtEndOf(image);
        }
    }

    private bool TryBegin()
    {
        lock (_source.Gate)
        {
            _source.Refresh();
            if (_source.Image is not { Journal: { } journal } image)
                return false;
            _cursor = _isBeforeAll ? new TailStart(_paths, journal.Epoch, journal.Sequence).OpenAfter(0) : AtEndOf(image);
        }
        _changes?.Dispose();
        _changes = Watch();
        return _cursor is not null;
    }

    private JournalCursor? AtEndOf(StoreImage image)
    {
        if (image.Journal is not { } journal || JournalFile.Open(_paths, journal.Sequence) is not { } own)
            return null;
        if (own.Epoch == image.Epoch)
            return new JournalCursor(own, image.Offset, image.Chain);
        own.Dispose();
        return null;
    }

    // On a share what others wrote is sure to be seen only by a handle that was opened since.
    private bool TryReopen()
    {
        var last = _cursor!;
        if (JournalFile.Open(_paths, last.Journal.Sequence) is not { } journal)
            return false;
        _cursor = new JournalCursor(journal, last.Offset, last.Chain);
        last.Dispose();
        return journal.Epoch == last.Journal.Epoch && _cursor.EndsAsRead();
    }

    private TaskEvent Reset()
    {
        _cursor?.Dispose();
        _cursor = null;
        lock (_source.Gate)
        {
            _source.Refresh();
            var image = _source.Image!;
            (_cursor, _isBeforeAll, Version) = (AtEndOf(image), image.Journal is null, image.State.Version);
        }
        (_isBusy, _hasRest, _isStuck, _seen) = (false, false, false, null);
        _ = _isFlushed && _cursor?.MakeSure() == true;
        return TaskEvent.Reset(Version, "the store was put back or replaced, or its journal does not reach back so far");
    }
}
