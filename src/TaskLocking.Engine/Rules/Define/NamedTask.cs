using System.Collections.Generic;

namespace TaskLocking.Rules;

/// <summary>What of a task are names.</summary>
/// <param name="Swarm">Null if it has none.</param>
/// <param name="Tags">Its labels.</param>
internal sealed record NamedTask(string? Swarm, IReadOnlyList<string> Tags);
