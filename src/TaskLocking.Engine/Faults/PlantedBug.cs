using System.Diagnostics;

namespace TaskLocking.Faults;

/// <summary>
/// Known faults, to see that the stress protocol finds them. Compiled in only where PLANTED_BUGS is defined, which is the test worker
/// alone; there TASKLOCKING_PLANTED_BUG=name chooses one. Elsewhere each is false and costs nothing.
/// </summary>
internal static class PlantedBug
{
#if PLANTED_BUGS
    private static readonly string Chosen = System.Environment.GetEnvironmentVariable("TASKLOCKING_PLANTED_BUG") ?? "";

    public static bool NoStateLock { get; } = Chosen == "no-state-lock";

    public static bool ScanOutsideLock { get; } = Chosen == "scan-outside-lock";

    public static bool AnswerBeforeAppend { get; } = Chosen == "answer-before-append";

    public static bool KeepTornTail { get; } = Chosen == "keep-torn-tail";

    public static bool ForgetToken { get; } = Chosen == "forget-token";

    public static bool RemoveByOldDocument { get; } = Chosen == "remove-by-old-document";

    public static bool GoOnAfterFailedFlush { get; } = Chosen == "go-on-after-failed-flush";

    public static bool AnswerBeforeFlush { get; } = Chosen == "answer-before-flush";

    public static bool ForgetFolder { get; } = Chosen == "forget-folder";

    public static bool RenameUnflushed { get; } = Chosen == "rename-unflushed";

    [System.ThreadStatic]
    private static bool _isLate;

    /// <summary>Does it a little later, on another thread; false on such a thread.</summary>
    public static bool Later(System.Action action)
    {
        if (_isLate)
            return false;
        new System.Threading.Thread(() =>
        {
            _isLate = true;
            System.Threading.Thread.Sleep(5);
            try
            {
                action();
            }
#pragma warning disable CA1031 // Nobody is there to be told, and the store may be closed by now.
            catch (System.Exception fault)
#pragma warning restore CA1031
            {
                Debug.WriteLine(fault);
            }
        }).Start();
        return true;
    }
#else
    /// <summary>A commit does not take the state lock.</summary>
    public static bool NoStateLock => false;

    /// <summary>The topic numbers are looked at before the root's lock is taken.</summary>
    public static bool ScanOutsideLock => false;

    /// <summary>The answer is given before the line is appended, which another thread does a little later.</summary>
    public static bool AnswerBeforeAppend => false;

    /// <summary>A torn end is not cut: the next line is written behind it.</summary>
    public static bool KeepTornTail => false;

    /// <summary>The token of a claim is not compared.</summary>
    public static bool ForgetToken => false;

    /// <summary>A document without our mark removes what it does not have.</summary>
    public static bool RemoveByOldDocument => false;

    /// <summary>After a flush that failed, the journal goes on.</summary>
    public static bool GoOnAfterFailedFlush => false;

    /// <summary>The answer is given before the line is on the disk, to which another thread brings it a little later.</summary>
    public static bool AnswerBeforeFlush => false;

    /// <summary>The names in a folder are not brought to the disk.</summary>
    public static bool ForgetFolder => false;

    /// <summary>What takes the place of a file is not brought to the disk before.</summary>
    public static bool RenameUnflushed => false;
#endif
}
