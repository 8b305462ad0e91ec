namespace TaskLocking.Characters;

/// <summary>One step of a character's decomposition.</summary>
/// <param name="Parts">The code points that it is made of.</param>
/// <param name="IsCanonical">Both are the same text; else they are only alike, as a full-width letter and the letter.</param>
internal sealed record UnicodeMapping(int[] Parts, bool IsCanonical);
