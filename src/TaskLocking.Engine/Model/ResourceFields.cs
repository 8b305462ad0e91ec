using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>What a resource may be called, and how many may share it.</summary>
internal static class ResourceFields
{
    /// <summary>Null, or what is wrong as a sentence with an example that is right.</summary>
    /// <param name="item">The resource.</param>
    /// <param name="before">Those that were named before it in the same request.</param>
    public static string? Fault(ResourceLimit item, IEnumerable<ResourceLimit> before)
    {
        if (TaskFields.Label("The resource", item.Name, "gpu") is { } fault)
            return fault;
        if (item.Limit is < 1 or > ResourceLimit.MostHolders)
            return $"{item.Limit} cannot hold the resource {item.Name} at once. Give 1 to {ResourceLimit.MostHolders}, for example 2.";
        return before.FirstOrDefault(other => other.Name == item.Name) is not { } twice ? null : twice.Limit == item.Limit
            ? $"The resource {item.Name} is named twice; one place is held by each. Name it once."
            : $"The resource {item.Name} is named twice, with the limits {twice.Limit} and {item.Limit}. Name it once.";
    }
}
