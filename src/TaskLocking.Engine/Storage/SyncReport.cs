namespace TaskLocking.Storage;

/// <summary>What a sync did.</summary>
/// <param name="Version">The version that the document now shows.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Adopted">How many todos were taken over from a foreign rewrite.</param>
/// <param name="KeptAside">Files with what could not be merged, full paths.</param>
/// <param name="SweptLockFiles">How many lock files of closed tasks were removed.</param>
/// <param name="Checkpoint">Whether a checkpoint was made.</param>
public sealed record SyncReport(long Version, int Tasks, int Adopted, System.Collections.Generic.IReadOnlyList<string> KeptAside, int SweptLockFiles, bool Checkpoint);
