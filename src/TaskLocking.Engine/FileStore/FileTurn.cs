using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>One commit under the state lock of a folder, and then outside it.</summary>
/// <param name="log">Whose it is.</param>
/// <param name="isWatched">The system told before the lock was asked for that it would tell what happens to the names.</param>
internal sealed class FileTurn(FileCommitLog log, bool isWatched) : ICommitTurn
{
    private ExclusiveLock? _stateLock;
    private bool _isQuiet;
    private WrittenLine _written;

    private GuardedImage Source => log.Source;

    /// <summary>It begins. All else that it needs is there before the lock is.</summary>
    /// <param name="stateLock">Let go with the turn.</param>
    public FileTurn Under(ExclusiveLock stateLock)
    {
        _stateLock = stateLock;
        return this;
    }

    public BoardState? CatchUp()
    {
        _isQuiet = isWatched && Source.IsQuiet();
        if (!_isQuiet)
        {
            Source.Watch.Doubt();
            if (isWatched && !_stateLock!.StillAtPath())
                return null;
            Source.CatchUpLocked();
            Source.Watch.Confirm(Source.Image!);
        }
        log.Writer.PassBy(Source.Image!);
        return Source.Image!.State;
    }

    public string? FindHeld(IReadOnlyCollection<string> ids, LockSession session) =>
        _isQuiet && !Source.Watch.HasTaskLock(ids) ? null : HeldTasks.FindHeld(log.Paths.Locks, ids, session);

    public bool Append(ref ByteBuffer? line, IAttempt attempt, BoardState state)
    {
        var image = Source.Image!;
        var journal = image.Journal!;
        var start = image.Offset;
        if (line is not null)
        {
            log.Flush.Announce(journal);
            StoreWriter.Append(image, line);
        }
        _written = new WrittenLine(journal, attempt.Version - (line is null ? 1 : 0), start, image.Offset);
        if (Source.IsOnShare)
            log.Flush.Flush(_written);
        _stateLock!.Dispose();
        return true;
    }

    public void Dispose() => _stateLock?.Dispose();

    public void MakeDurable(CancellationToken cancellationToken) => log.Flush.Finish(_written, cancellationToken);

    public void Conclude(bool hasWritten) => log.Conclude(_written, hasWritten);
}
