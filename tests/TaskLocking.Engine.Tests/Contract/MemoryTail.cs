using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Contract;

/// <summary>The commits in the memory of a test as they come.</summary>
internal sealed class MemoryTail : ICommitTail
{
    private readonly MemoryJournal _journal;
    private int _read;

    public MemoryTail(MemoryJournal journal, long? after)
    {
        _journal = journal;
        lock (journal.Gate)
        {
            while (_read < journal.Lines.Count && (after is null || VersionAt(_read) <= after))
                Version = VersionAt(_read++);
        }
        if (after > Version)
            throw TailRefusal.Lost(after.Value, Version);
    }

    public long Version { get; private set; }

    public IReadOnlyList<TaskEvent> Read(int atMost, CancellationToken cancellationToken)
    {
        var events = new List<TaskEvent>();
        lock (_journal.Gate)
        {
            for (; _read < _journal.Lines.Count && events.Count < atMost; _read++)
            {
                _journal.Flush(_read + 1);
                events.Add(EventLine.Read(_journal.Lines[_read]));
                Version = events[^1].Version;
            }
        }
        return events;
    }

    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        lock (_journal.Gate)
        {
            while (_read == _journal.Lines.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (deadline.Remaining == TimeSpan.Zero)
                    return false;
                Monitor.Wait(_journal.Gate, 10);
            }
        }
        return true;
    }

    public void Dispose()
    {
    }

    private long VersionAt(int line) => JournalLine.Number(_journal.Lines[line], "v"u8)!.Value;
}
