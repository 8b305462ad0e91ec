using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace TaskLocking.Model;

/// <summary>What keeps others away from the tasks and resources of a hold: lock files here, leases elsewhere.</summary>
internal interface IHeldLocks
{
    /// <summary>One for each, the same for everybody and no other store's.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The open files that a process has to inherit to go on holding; the first is to have the lowest number.</summary>
    IReadOnlyList<SafeHandle> Handles { get; }

    /// <summary>Lets those who wait know who holds. Only a hint, which may fail.</summary>
    void Tell(LockHolder holder);

    /// <summary>Lets go, once; tells if others may have been let in before.</summary>
    /// <param name="isHandedOver">Another process goes on holding.</param>
    void Release(bool isHandedOver);
}
