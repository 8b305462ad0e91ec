using System;
using System.Collections.Generic;

namespace TaskLocking.PostgreSql;

/// <summary>What became of a commit.</summary>
/// <param name="Status">ok; epoch or diverged where all has to be read anew; moved where the board is elsewhere.</param>
/// <param name="Version">That of the line; null where it was not written and never will be.</param>
/// <param name="Base">The newest version before.</param>
/// <param name="At">The time of the database.</param>
/// <param name="Tail">What came since the version that it was decided on, up to a thousand lines.</param>
internal sealed record CommitAnswer(string Status, long? Version, long Base, DateTime At, IReadOnlyList<JournalRow> Tail)
{
    public bool IsOk => Status == "ok";

    public bool HasMoved => Status == "moved";
}
