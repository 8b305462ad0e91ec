using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What became of tasks that were to be imported. Where anything is refused, nothing was.</summary>
public sealed record ImportReport(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Remarks, IReadOnlyList<Refusal> Refusals) : BoardObject
{
    /// <summary>Those that were new.</summary>
    public IReadOnlyList<string> Added { get; } = FixedList<string>.Of(Added);

    /// <summary>Those that were there and are now as the file has them.</summary>
    public IReadOnlyList<string> Changed { get; } = FixedList<string>.Of(Changed);

    /// <summary>Those that were there already as the file has them.</summary>
    public IReadOnlyList<string> Unchanged { get; } = FixedList<string>.Of(Unchanged);

    /// <summary>What could not be taken over, or not as it was, a sentence each with its place.</summary>
    public IReadOnlyList<string> Remarks { get; } = FixedList<string>.Of(Remarks);

    /// <summary>Why nothing was imported: everything that is wrong; empty where it was.</summary>
    public IReadOnlyList<Refusal> Refusals { get; } = FixedList<Refusal>.Of(Refusals);
}
