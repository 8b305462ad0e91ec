using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// One who runs the hooks of a workspace in the name of this user, over restarts: what it has begun to deal with is written down in the
/// user's own state folder before, and taken out after.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="Begin"/>; <see cref="Next"/>, run the hook, <see cref="Done"/>, until there is no next; <see
/// cref="Wait"/>, again; <see cref="Dispose"/>. There is one a user and workspace; a second one is refused. The first one ever begins with
/// what comes.</para>
/// <para>Failure modes: killed in between, the next one goes on with the event whose hook had not ended, which so runs once more
/// (<see cref="IsAgain"/>), and with none that had. Where not all events are kept any more, or the board was put back, it says so
/// (<see cref="TakeLoss"/>), and goes on from now.</para>
/// </remarks>
public sealed class HookRun : IDisposable
{
    private readonly TaskBoard _board;
    private readonly ExclusiveLock _lock;
    private readonly string _file;
    private readonly List<HookEvent> _pending;
    private readonly HookFeed _feed;
    private HookPosition _position;
    private bool _hasBegun;
    private string? _loss;

    private HookRun(TaskBoard board, ExclusiveLock turn, string file)
    {
        (_board, _lock, _file) = (board, turn, file);
        var kept = HookRunFile.Read(file);
        _pending = kept is null ? [] : [.. kept.Pending];
        _hasBegun = kept?.HasBegun == true;
        _feed = Open(kept?.Position);
        _position = _feed.Position;
        if (kept is null)
            Save();
    }

    /// <summary>Whether the hook of the next event was begun before, by one that was killed.</summary>
    public bool IsAgain { get; private set; }

    /// <summary>Begins where the last one has ended.</summary>
    /// <param name="board">The board; it stays the caller's.</param>
    /// <exception cref="TaskLockingException">LockTimeout: another one is at it; StoreUnavailable where the user has no place of his own;
    /// StateCorrupt where what is written down cannot be read; what the system said.</exception>
    public static HookRun Begin(TaskBoard board)
    {
        var name = HookFile.DigestOf(System.Text.Encoding.UTF8.GetBytes((board.Address ?? "") + "\n" + board.Workspace)).Substring(0, 32);
        var file = Path.Combine(UserState.Folder("hooks"), "run-" + name + ".json");
        var turn = ExclusiveLock.TryAcquire(file + ".lock", isThreadBound: false)
            ?? throw new TaskLockingException(new Refusal(RefusalCode.LockTimeout,
                $"Somebody runs the hooks of '{board.Address ?? board.Workspace}' already, in your name. One is enough.")
            { Path = file });
        try
        {
            return new HookRun(board, turn, file);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>The next event that was not dealt with yet; null if there is none now.</summary>
    /// <param name="cancellationToken">Ends a wait for a server.</param>
    public HookEvent? Next(CancellationToken cancellationToken = default)
    {
        if (_pending.Count == 0)
        {
            _pending.AddRange(_feed.Read(cancellationToken));
            if (_feed.Position.Version == _position.Version)
                return null;
            _position = _feed.Position;
            _hasBegun = false;
            Save();
        }
        if (_pending.Count == 0)
            return null;
        IsAgain = _hasBegun;
        return _pending[0];
    }

    /// <summary>To be called before the hook of <see cref="Next"/> is started.</summary>
    public void Start()
    {
        _hasBegun = true;
        Save();
    }

    /// <summary>The event of <see cref="Next"/> was dealt with.</summary>
    public void Done()
    {
        _pending.RemoveAt(0);
        _hasBegun = false;
        Save();
    }

    /// <summary>Waits until there may be something.</summary>
    /// <inheritdoc cref="TaskFeed.Wait"/>
    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken = default) => _feed.Wait(atMost, cancellationToken);

    /// <summary>What was lost, as a sentence, once; null if nothing was.</summary>
    public string? TakeLoss() => Interlocked.Exchange(ref _loss, null);

    /// <summary>Lets the next one begin.</summary>
    public void Dispose()
    {
        _feed.Dispose();
        _lock.Dispose();
    }

    private HookFeed Open(HookPosition? position)
    {
        try
        {
            return _board.OpenHookFeed(position);
        }
        catch (TaskLockingException lost) when (lost.Refusal.Code == RefusalCode.EventsLost && position is not null)
        {
            _loss = "Not all that came since the hooks ran last is kept, so failures and reviews of that time are not told: "
                + lost.Message;
            return _board.OpenHookFeed(new HookPosition(_board.GetVersion(), position.Stuck, position.DoneSwarms));
        }
    }

    private void Save() => new HookRunFile(_position, _pending, _hasBegun).Write(_file);
}
