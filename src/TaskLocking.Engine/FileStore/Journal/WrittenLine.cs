namespace TaskLocking.FileStore;

/// <summary>A journal up to a version, and where the line of that version stands in it; an empty place if that is not known.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Version">The version that it is read or written to.</param>
/// <param name="Start">Where the line starts.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct WrittenLine(JournalFile Journal, long Version, long Start = 0, long End = 0);
