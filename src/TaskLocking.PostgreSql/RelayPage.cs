using System;
using System.Collections.Generic;

namespace TaskLocking.PostgreSql;

/// <summary>What a server told a relay of a board.</summary>
/// <param name="Epoch">The epoch of the board; null where there is no such board.</param>
/// <param name="Moved">Where it was copied to; null where it was not.</param>
/// <param name="Rows">The lines with the keys that they wrote.</param>
/// <param name="Told">The time of the database.</param>
/// <param name="Asked">When it was asked, by this machine's ticks.</param>
/// <param name="Answered">When it had answered.</param>
internal readonly record struct RelayPage(
    long? Epoch, string? Moved, List<(JournalRow Row, long[] Keys)> Rows, DateTime Told, long Asked, long Answered);
