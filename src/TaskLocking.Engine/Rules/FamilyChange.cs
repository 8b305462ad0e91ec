using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>How a draft changes the children of one parent, on balance: what was there before is what is there now without that.</summary>
internal sealed class FamilyChange
{
    /// <summary>Of a family that the draft does not change.</summary>
    public static FamilyChange None { get; } = new();

    /// <summary>How many children come, less those that go.</summary>
    public int Total { get; private set; }

    /// <summary>How many more are open.</summary>
    public int Open { get; private set; }

    /// <summary>How many more are done.</summary>
    public int Done { get; private set; }

    /// <summary>The child that was closed, went or was taken out last; null if none was.</summary>
    public string? LastClosed { get; private set; }

    /// <summary>A child of this parent that was closed and is open again; null if none is.</summary>
    public string? Reopened { get; private set; }

    /// <summary>
    /// Whether anything else has become of it than that open children were closed: others may have decided that none is open, or that one
    /// is done.
    /// </summary>
    public bool IsWidened { get; private set; }

    /// <summary>Whether what became of the parent is still to be worked out.</summary>
    public bool IsUnsettled { get; set; }

    public void Note(string child, AgentTask? before, AgentTask? after)
    {
        var (wasOpen, isOpen) = (before is { IsClosed: false }, after is { IsClosed: false });
        var (wasDone, isDone) = (before is { IsMet: true }, after is { IsMet: true });
        Total += (after is null ? 0 : 1) - (before is null ? 0 : 1);
        Open += (isOpen ? 1 : 0) - (wasOpen ? 1 : 0);
        Done += (isDone ? 1 : 0) - (wasDone ? 1 : 0);
        if (wasOpen && !isOpen)
            LastClosed = child;
        if (before is not null && isOpen && !wasOpen)
            Reopened = child;
        IsWidened |= before is null || after is null || (isOpen && !wasOpen) || (wasDone && !isDone);
    }

    /// <summary>Gives what is to be settled, and takes it as settled.</summary>
    public (string? Closed, string? Reopened) Settle()
    {
        var open = (LastClosed, Reopened);
        (LastClosed, Reopened, IsUnsettled) = (null, null, false);
        return open;
    }
}
