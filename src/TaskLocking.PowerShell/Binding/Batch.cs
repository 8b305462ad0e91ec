using System.Collections.Generic;

namespace TaskLocking.PowerShell.Binding;

/// <summary>What is to be one commit.</summary>
/// <param name="Board">Where.</param>
/// <param name="Agent">Who acts, where that is told item by item.</param>
/// <param name="Items">What, in the order in which it came.</param>
internal sealed record Batch<T>(TaskBoard Board, string? Agent, List<T> Items);
