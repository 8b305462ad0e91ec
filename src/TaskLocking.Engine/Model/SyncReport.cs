using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What a sync did.</summary>
public sealed record SyncReport(long Version, int Tasks, int Adopted, IReadOnlyList<string> KeptAside, int SweptLockFiles, bool Checkpoint)
    : BoardObject
{
    /// <summary>The version that the document now shows.</summary>
    public long Version { get; } = Version;

    /// <summary>How many tasks it has.</summary>
    public int Tasks { get; } = Tasks;

    /// <summary>How many todos were taken over from a foreign rewrite.</summary>
    public int Adopted { get; } = Adopted;

    /// <summary>Files with what could not be merged, full paths.</summary>
    public IReadOnlyList<string> KeptAside { get; } = FixedList<string>.Of(KeptAside);

    /// <summary>How many lock files of closed tasks were removed.</summary>
    public int SweptLockFiles { get; } = SweptLockFiles;

    /// <summary>Whether a checkpoint was made.</summary>
    public bool Checkpoint { get; } = Checkpoint;

    /// <summary>What in the todos is not understood, and remarks, by their place in the document.</summary>
    public IReadOnlyList<TodoFinding> NotUnderstood { get; internal init => field = FixedList<TodoFinding>.Of(value); } = [];

    private protected override BoardObject Parts(string workspace) => this with { NotUnderstood = In(NotUnderstood, workspace) };
}
