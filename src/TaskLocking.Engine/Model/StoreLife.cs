using System;

namespace TaskLocking.Model;

/// <summary>
/// Versions over the lives of a store. Within one they count up, and a token is the version of its commit. A store that was copied or put
/// back to an earlier state, or that is begun from what a store left, begins another life: above every version that the earlier ones can
/// have given out, so that no token and no remembered version of theirs is ever met again.
/// </summary>
internal static class StoreLife
{
    /// <summary>The highest version: the last whole number that every reader of JSON keeps exact.</summary>
    public const long HighestVersion = (1L << 53) - 1;

    /// <summary>Versions that are skipped where somebody may remember one that nobody knows of any more.</summary>
    public const long Skip = 1000;

    // No store makes that many commits in a millisecond; what a clock tells that is thousands of years ahead leaves room for some all the
    // same.
    private const long PerMillisecond = 64;
    private const long HighestByClock = 1L << 52;

    private static readonly DateTimeOffset Beginning = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The version that a new life goes on from.</summary>
    /// <param name="known">The highest version that is known of the earlier lives.</param>
    /// <param name="now">The time: it was earlier when they gave out theirs.</param>
    public static long Begin(long known, DateTimeOffset now) => Math.Max(known + Skip, ByClock(now));

    /// <summary>
    /// The same where nobody knows whether it is a new life, which may be so with every commit: what is skipped each time does not add up
    /// to more than the clock tells.
    /// </summary>
    /// <inheritdoc cref="Begin"/>
    public static long GoOn(long known, DateTimeOffset now) =>
        known > ByClock(now) + Skip * PerMillisecond ? known + Skip : Math.Max(known, ByClock(now));

    private static long ByClock(DateTimeOffset now)
    {
        var elapsed = Math.Max((now - Beginning).Ticks / TimeSpan.TicksPerMillisecond, 0);
        return Math.Min(elapsed * PerMillisecond, HighestByClock);
    }

    /// <summary>Whether a version that anybody may have written can be one that was given out, with room for some above it.</summary>
    public static bool IsBelieved(long version) => version is >= 0 and < HighestVersion - 2 * Skip;

    /// <summary>Refuses what would come after the last version.</summary>
    /// <param name="version">The version that is there.</param>
    /// <param name="folder">The store.</param>
    public static void RefuseEnd(long version, string folder)
    {
        if (version < 0 || version >= HighestVersion)
            throw new TaskLockingException(new Refusal(RefusalCode.StateCorrupt,
                $"The state in '{folder}' has version {version}, and after {HighestVersion} there is none. No store comes to that by " +
                "itself: put a whole copy of the folder .todo2 back, or take the member 'taskLocking' off the top of state.todo2.json " +
                    "and move " +
                "'journal' and 'state.todo2.json.bak' away.")
            { Path = folder });
    }
}
