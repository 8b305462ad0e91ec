using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// A request that named itself and was served: who sends it once more, because the answer was lost, is answered from here, and nothing is
/// done again.
/// </summary>
/// <param name="Id">The name that the caller gave it.</param>
/// <param name="Print">What was asked for, as a number: the same name with another request is a mistake.</param>
/// <param name="At">When it was served.</param>
/// <param name="IsWhole">Whether all was done that was asked for.</param>
/// <param name="Nothing">Why nothing came next, where something was asked for.</param>
/// <param name="Items">What became of each task.</param>
internal sealed record ServedRequest(
    string Id, string Print, DateTimeOffset At, bool IsWhole, string? Nothing, IReadOnlyList<ServedItem> Items)
{
    /// <summary>So many are remembered, the last ones.</summary>
    public const int MostKept = 1000;

    /// <summary>The most tasks of a request that is remembered.</summary>
    public const int MostTasks = 1000;

    /// <summary>The longest name.</summary>
    public const int LongestId = 100;

    /// <summary>They are remembered for so long at most.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
}
