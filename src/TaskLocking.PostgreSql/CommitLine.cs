using System;
using System.Collections.Generic;
using TaskLocking.Board;

namespace TaskLocking.PostgreSql;

/// <summary>A line as it is sent.</summary>
/// <param name="Text">The line.</param>
/// <param name="Keys">What it rests on, and changes.</param>
/// <param name="Tasks">The tasks that it changes.</param>
internal sealed record CommitLine(string Text, CommitKeys Keys, IReadOnlyCollection<string> Tasks)
{
    /// <summary>By which the database knows it again.</summary>
    public Guid Cid { get; init; } = Guid.NewGuid();

    /// <summary>The same line, which any other that comes between voids.</summary>
    public CommitLine RestingOnAll() => this with { Keys = Keys with { Reads = null } };
}
