using System;
using System.Collections.Generic;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>
/// The threads of this process that want one lock file: they wait for each other here and only the first goes to the file. One queue a
/// path; some stay when nobody uses them, since most paths are soon wanted again.
/// </summary>
internal sealed class PathQueue
{
    private const int MostIdle = 32;

    private static readonly Dictionary<string, PathQueue> Queues = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;
    private int _users;
    private int _ownerThread;

    private PathQueue(string path) => _path = path;

    /// <summary>Whether the locks of the path's mount were proven to exclude. Set and read by whoever has the turn.</summary>
    public bool IsProven { get; set; }

    /// <summary>The managed id of the thread whose turn it is; 0 if it is nobody's.</summary>
    public int OwnerThread => Volatile.Read(ref _ownerThread);

    /// <summary>The queue of a canonical path. <see cref="Leave"/> or <see cref="Abandon"/> must follow.</summary>
    public static PathQueue Join(string path)
    {
        lock (Queues)
        {
            if (!Queues.TryGetValue(path, out var queue))
                Queues.Add(path, queue = new PathQueue(path));
            queue._users++;
            return queue;
        }
    }

    /// <summary>Takes the turn if it is nobody's.</summary>
    public bool TryEnter(bool isThreadBound) => _turn.Wait(0, CancellationToken.None) && Own(isThreadBound);

    /// <summary>Waits for the turn; false after the timeout.</summary>
    public bool Wait(TimeSpan timeout, bool isThreadBound, CancellationToken cancellationToken) =>
        _turn.Wait(timeout, cancellationToken) && Own(isThreadBound);

    /// <summary>Gives the turn to the next thread. Any thread may call it.</summary>
    public void Leave()
    {
        Volatile.Write(ref _ownerThread, 0);
        _turn.Release();
        Abandon();
    }

    /// <summary>Leaves without having had the turn.</summary>
    public void Abandon()
    {
        lock (Queues)
        {
            if (--_users == 0 && Queues.Count > MostIdle)
            {
                Queues.Remove(_path);
                _turn.Dispose();
            }
        }
    }

    private bool Own(bool isThreadBound)
    {
        Volatile.Write(ref _ownerThread, isThreadBound ? Environment.CurrentManagedThreadId : 0);
        return true;
    }
}
