namespace TaskLocking.Rules;

/// <summary>What a rule found when it looked for names that look like one.</summary>
/// <param name="Kind">What is called so.</param>
/// <param name="Name">The name.</param>
/// <param name="Found">The one that looks like it; null if there was none.</param>
internal sealed record NameRead(NameKind Kind, string Name, string? Found);
