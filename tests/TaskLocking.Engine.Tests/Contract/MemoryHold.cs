using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Tests.Contract;

/// <summary>Tasks that a session holds in a <see cref="MemoryJournal"/>.</summary>
internal sealed class MemoryHold(MemoryJournal journal, string session, HoldItem[] items) : IHeldLocks
{
    public string Session => session;

    public LockHolder Holder { get; private set; } = LockHolder.Unknown;

    public IReadOnlyList<string> Names { get; } = [.. items.Select(item => $"{journal.GetHashCode()}:{item}")];

    public IReadOnlyList<SafeHandle> Handles => [];

    public void Tell(LockHolder holder) => Holder = holder;

    public void Release(bool isHandedOver)
    {
        lock (journal.Gate)
        {
            foreach (var item in items.Where(item => !item.IsResource))
                journal.Holds.Remove(item.Name);
            journal.Places.RemoveAll(place => place.Hold == this);
            Monitor.PulseAll(journal.Gate);
        }
    }
}
