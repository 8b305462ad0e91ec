using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// In whose name tasks are held: a runspace in PowerShell, the process in the command line. A session is let through its own locks,
/// and so is a command that it starts while it holds them, which inherits <see cref="Variable"/>.
/// </summary>
public sealed class LockSession
{
    /// <summary>The environment variable by which a child process is known: session ids, separated by ';'.</summary>
    public const string Variable = "TASKLOCKING_SESSION";

    private readonly List<TaskHold> _holds = [];
    private readonly HashSet<string> _inherited;

    /// <summary>Makes a session.</summary>
    /// <param name="id">Unique, without ';'; null makes one up.</param>
    /// <param name="inherited">The value of <see cref="Variable"/> that this process was started with.</param>
    public LockSession(string? id = null, string? inherited = null)
    {
        Id = id ?? NewId();
        _inherited = new HashSet<string>((inherited ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }

    /// <summary>Raised after a hold was taken or freed, on the thread that did it.</summary>
    public event EventHandler? HoldsChanged;

    /// <summary>The identity that the holder file shows.</summary>
    public string Id { get; }

    /// <summary>The holds that were taken and not yet freed, oldest first; a copy.</summary>
    public IReadOnlyList<TaskHold> CurrentHolds
    {
        get
        {
            lock (_holds)
                return _holds.ToList();
        }
    }

    /// <summary>A session for this process, which knows what it inherited.</summary>
    public static LockSession ForProcess() => new(null, Environment.GetEnvironmentVariable(Variable));

    /// <summary>True if locks of the session with this id do not stand in the way.</summary>
    public bool LetsThrough(string? sessionId) =>
        sessionId is not null && (string.Equals(Id, sessionId, StringComparison.Ordinal) || _inherited.Contains(sessionId));

    /// <summary>Its own id and those of the sessions that it was started under.</summary>
    internal IEnumerable<string> AllNames() => _inherited.Prepend(Id);

    /// <summary>Whether a process that may hold tasks started this one.</summary>
    internal bool IsInside => _inherited.Count > 0;

    /// <summary>Frees every hold of the session.</summary>
    public void ReleaseAll()
    {
        foreach (var hold in CurrentHolds)
            hold.Dispose();
    }

    /// <summary>Whether the session itself holds the lock of this name.</summary>
    internal bool Holds(string lockName)
    {
        lock (_holds)
            return _holds.Exists(hold => hold.LockNames.Contains(lockName, StringComparer.Ordinal));
    }

    /// <summary>
    /// The items in the order in which they are to be taken. To be called before the session waits for them: the order in which it holds
    /// things has to be everybody's.
    /// </summary>
    /// <exception cref="TaskLockingException">LockRecursion, LockOrder.</exception>
    internal HoldItem[] InOrder(IReadOnlyList<HoldItem> items)
    {
        var ordered = HoldItem.InOrder(items);
        var held = HoldItem.InOrder(CurrentHolds.SelectMany(hold => hold.Items));
        if (Array.Find(ordered, item => Array.Exists(held, other => HoldItem.Compare(item, other) == 0)) is { } again)
            throw HoldRefusals.Recursion(again);
        if (held.Length > 0 && HoldItem.Compare(held[held.Length - 1], ordered[0]) > 0)
            throw HoldRefusals.WrongOrder(held[held.Length - 1], ordered[0]);
        return ordered;
    }

    internal void Add(TaskHold hold)
    {
        lock (_holds)
            _holds.Add(hold);
        HoldsChanged?.Invoke(this, EventArgs.Empty);
    }

    internal void Remove(TaskHold hold)
    {
        lock (_holds)
            _holds.Remove(hold);
        HoldsChanged?.Invoke(this, EventArgs.Empty);
    }

    // By hand: what the runtime does for this is compiled for the very processor at its first use, in every command.
    private static string NewId()
    {
        var bytes = Guid.NewGuid().ToByteArray();
        var digits = new char[bytes.Length * 2];
        for (var at = 0; at < digits.Length; at++)
            digits[at] = "0123456789abcdef"[at % 2 == 0 ? bytes[at / 2] >> 4 : bytes[at / 2] & 0xF];
        return new string(digits);
    }
}
