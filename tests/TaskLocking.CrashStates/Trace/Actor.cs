namespace TaskLocking.CrashStates.Trace;

/// <summary>A process of a scene.</summary>
/// <param name="IsWorker">The tests' worker, in which a fault may be planted; else the command as users have it.</param>
/// <param name="Arguments">Its own; <c>WS</c> stands for the workspace.</param>
internal sealed record Actor(bool IsWorker, params string[] Arguments)
{
    /// <summary>Which of each thread's flushes fails first, and every fourth from there on; 0: none.</summary>
    public int FailingFlush { get; init; }

    /// <summary>Where the worker is killed.</summary>
    public string? Failpoint { get; init; }

    /// <summary>Whether it works on what a fault may have left, of which the explorer will tell.</summary>
    public bool ComesAfter { get; init; }

    /// <summary>Whether it may end with an error.</summary>
    public bool MayFail => ComesAfter || FailingFlush > 0 || Failpoint is not null;

    public static Actor Agent(string name, int seed, int rounds) =>
        new(true, "crash-agent", "WS", name, seed.ToString(null, null), rounds.ToString(null, null));

    public static Actor Hand(int seed, int rounds) => new(true, "crash-hand", "WS", seed.ToString(null, null), rounds.ToString(null, null));

    public static Actor Command(params string[] arguments) => new(false, arguments);
}
