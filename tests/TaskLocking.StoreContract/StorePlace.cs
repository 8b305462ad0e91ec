using System;
using TaskLocking.Locking;
using TaskLocking.Storage;

namespace TaskLocking.StoreContract;

/// <summary>
/// A fresh, empty place that stores are opened over. Every store opened here stands for a process of its own: stores share nothing but
/// the place. A backend enrols with one sealed subclass, and one sealed subclass of each contract over it.
/// </summary>
public abstract class StorePlace : IDisposable
{
    /// <summary>The folder in which task locks of this place live.</summary>
    public abstract string Workspace { get; }

    /// <summary>The clock of all stores and boards of the place.</summary>
    public MovedClock Clock { get; } = new();

    /// <summary>Who judges processes for all boards of the place.</summary>
    public KnownProcesses Processes { get; } = new();

    /// <summary>Opens one more store on the place; it goes by <see cref="Clock"/>.</summary>
    public abstract ITaskStore OpenStore();

    /// <summary>Opens one more board on the place, in a session of its own unless one is given.</summary>
    public TaskBoard OpenBoard(LockSession? session = null) =>
        new(OpenStore(), Workspace, session ?? new LockSession(), new TaskBoardOptions { Clock = Clock, Liveness = Processes });

    /// <summary>Removes the place; all its stores are disposed by then.</summary>
    public void Dispose()
    {
        Remove();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the place is made of.</summary>
    protected abstract void Remove();
}
