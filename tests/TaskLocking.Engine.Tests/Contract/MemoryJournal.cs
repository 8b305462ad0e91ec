using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Tests.Contract;

/// <summary>What several stores of a test share, as processes share a journal: lines, one turn at a time, and who holds which
/// task.</summary>
internal sealed class MemoryJournal
{
    /// <summary>Pulsed at every change of what follows, which it guards.</summary>
    public object Gate { get; } = new();

    public List<byte[]> Lines { get; } = [];

    /// <summary>So many lines last.</summary>
    public int Durable { get; set; }

    public bool HasBegun { get; set; }

    /// <summary>Parts of the archive by their names; null for one that was discarded.</summary>
    public Dictionary<string, List<byte[]>?> Archive { get; } = [];

    /// <summary>Parts of histories by their names.</summary>
    public Dictionary<string, IReadOnlyList<byte[]>> Histories { get; } = [];

    /// <summary>By task.</summary>
    public Dictionary<string, MemoryHold> Holds { get; } = [];

    /// <summary>Who is at which resource.</summary>
    public List<(HoldItem Item, MemoryHold Hold)> Places { get; } = [];

    /// <summary>Taken by whoever appends.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The next turns that turn out to be none.</summary>
    public int LostTurns { get; set; }

    /// <summary>Runs before a store asks for a turn.</summary>
    public Action? Asked { get; set; }

    /// <summary>Runs in place of bringing lines to a disk, and may fail as one.</summary>
    public Action? Flushing { get; set; }

    /// <summary>Makes lines last.</summary>
    public void Flush(int lines)
    {
        Flushing?.Invoke();
        lock (Gate)
            Durable = Math.Max(Durable, lines);
    }

    /// <summary>What a crash of the machine leaves.</summary>
    public void Crash()
    {
        lock (Gate)
            Lines.RemoveRange(Durable, Lines.Count - Durable);
    }
}
