using TaskLocking.Diagnostics;

namespace TaskLocking.Proof;

/// <summary>How many operations were refused for one reason.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Count">How many.</param>
public sealed record RefusalCount(RefusalCode Code, long Count);
