using System;
using TaskLocking.Board;

namespace TaskLocking.StoreContract;

/// <summary>
/// A fresh, empty place that stores are opened over. Every store opened here stands for a process of its own: stores share nothing but
/// the place. A backend enrols with one sealed subclass, and one sealed subclass of each contract over it, and over
/// <see cref="OneShot{TPlace}"/> of it.
/// </summary>
public abstract class StorePlace : IDisposable
{
    /// <summary>The type of the log that the stores of the place append to.</summary>
    public abstract Type Log { get; }

    /// <summary>The folder that the tasks of this place are about.</summary>
    public abstract string Workspace { get; }

    /// <summary>The clock of all stores and boards of the place.</summary>
    public virtual MovedClock Clock { get; } = new();

    /// <summary>Who judges processes for all boards of the place.</summary>
    public virtual KnownProcesses Processes { get; } = new();

    /// <summary>Opens one more store on the place; it goes by <see cref="Clock"/>.</summary>
    internal ITaskStore OpenStore() => Open(isOneShot: false);

    /// <summary>Opens one more board on the place, in a session of its own unless one is given.</summary>
    public TaskBoard OpenBoard(LockSession? session = null) =>
        new(OpenStore(), Workspace, session ?? new LockSession(), new TaskBoardOptions { Clock = Clock, Liveness = Processes });

    /// <summary>Removes the place; all its stores are disposed by then.</summary>
    public void Dispose()
    {
        Remove();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens one more store.</summary>
    /// <param name="isOneShot">It is for one call.</param>
    internal abstract ITaskStore Open(bool isOneShot);

    /// <summary>Removes what the place is made of.</summary>
    protected internal abstract void Remove();
}
