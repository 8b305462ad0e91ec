using System;

namespace TaskLocking.Model;

/// <summary>
/// A commit that is not written yet, shared by all that it changes: a decision that was made before the lock learns its number under it.
/// </summary>
/// <param name="version">The version that it will have, as far as is known now.</param>
/// <param name="now">Its time, in whole milliseconds.</param>
/// <param name="by">Who makes it.</param>
internal sealed class ComingCommit(long version, DateTimeOffset now, string by)
{
    public long Version { get; set; } = version;

    public DateTimeOffset Now => now;

    public string By => by;
}
