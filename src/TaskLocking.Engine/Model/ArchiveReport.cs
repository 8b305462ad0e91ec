using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What an archiving did, or would do.</summary>
public sealed record ArchiveReport(IReadOnlyList<string> Archived, IReadOnlyList<string> Needed, int InArchive, bool WhatIf) : BoardObject
{
    /// <summary>The tasks that left the document, in its order.</summary>
    public IReadOnlyList<string> Archived { get; } = FixedList<string>.Of(Archived);

    /// <summary>Tasks that were closed long enough ago and stay, since tasks that are not closed depend on them.</summary>
    public IReadOnlyList<string> Needed { get; } = FixedList<string>.Of(Needed);

    /// <summary>How many tasks the archive holds then.</summary>
    public int InArchive { get; } = InArchive;

    /// <summary>Whether nothing was changed because only a preview was asked for.</summary>
    public bool WhatIf { get; } = WhatIf;
}
