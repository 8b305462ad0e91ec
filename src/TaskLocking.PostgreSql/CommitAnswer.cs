using System;
using System.Collections.Generic;

namespace TaskLocking.PostgreSql;

/// <summary>What became of what was sent.</summary>
/// <param name="Status">ok; epoch or diverged where all has to be read anew; moved where the board is elsewhere.</param>
/// <param name="Versions">Of each line; null where it was not written and never will be.</param>
/// <param name="Base">The newest version before.</param>
/// <param name="At">The time of the database.</param>
/// <param name="Tail">What came since the version that all was decided on, up to a thousand lines.</param>
internal sealed record CommitAnswer(string Status, long?[] Versions, long Base, DateTime At, IReadOnlyList<JournalRow> Tail)
{
    public bool IsOk => Status == "ok";

    public bool HasMoved => Status == "moved";
}
