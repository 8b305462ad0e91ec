using System.Collections.Generic;

namespace TaskLocking.FileStore;

/// <summary>The ids of todos with which a merge did not do what the writer of the document may expect.</summary>
internal sealed class MergeFindings
{
    /// <summary>Ours are later: what they wrote is kept aside.</summary>
    public List<string> NotTaken { get; } = [];

    /// <summary>Theirs are later: what we had is kept aside.</summary>
    public List<string> Displaced { get; } = [];

    /// <summary>They are in the archive, as another than they wrote: what they wrote is kept aside.</summary>
    public List<string> Archived { get; } = [];

    /// <summary>They left them out, and may: kept aside.</summary>
    public List<string> Removed { get; } = [];

    /// <summary>They left them out, and may not: they stay.</summary>
    public List<string> Lacking { get; } = [];

    /// <summary>They changed them and left a part out, which stays.</summary>
    public List<string> Partial { get; } = [];

    public bool IsKeptAside => NotTaken.Count + Archived.Count + Displaced.Count + Removed.Count > 0;
}
