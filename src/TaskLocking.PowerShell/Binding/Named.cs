using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Binding;

/// <summary>Ids in a sentence.</summary>
internal static class Named
{
    /// <summary>The first ones, and how many more there are.</summary>
    public static string Ids(IReadOnlyList<string> ids, int atMost) =>
        ids.Count <= atMost ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(atMost))} and {ids.Count - atMost} more";
}
