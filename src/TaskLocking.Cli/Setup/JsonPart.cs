namespace TaskLocking.Cli.Setup;

/// <summary>A member or an item of a <see cref="JsonBox"/>.</summary>
/// <param name="Name">Of a member; null for an item.</param>
/// <param name="Start">Its first byte: the name's, or the value's.</param>
/// <param name="Value">The first byte of its value.</param>
/// <param name="End">Behind its last byte.</param>
internal readonly record struct JsonPart(string? Name, int Start, int Value, int End);
