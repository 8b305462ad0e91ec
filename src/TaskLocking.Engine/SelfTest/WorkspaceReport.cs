using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.SelfTest;

namespace TaskLocking;

/// <summary>The self-test of a workspace.</summary>
public sealed record WorkspaceReport(string Workspace, string? Mount, string? FileSystem, bool Passed,
    IReadOnlyList<WorkspaceCheckItem> Items) : ValueObject
{
    /// <summary>Full path.</summary>
    public string Workspace { get; } = Workspace;

    /// <summary>The mount point, if the system tells.</summary>
    public string? Mount { get; } = Mount;

    /// <summary>Its type as the system names it ("ext4", "nfs4"), if it tells.</summary>
    public string? FileSystem { get; } = FileSystem;

    /// <summary>Every item passed.</summary>
    public bool Passed { get; } = Passed;

    /// <summary>What was tried.</summary>
    public IReadOnlyList<WorkspaceCheckItem> Items { get; } = FixedList<WorkspaceCheckItem>.Of(Items);

    /// <summary>Whether what did not pass is only what other tools wrote into the document: locks and store hold all the same.</summary>
    public bool IsOnlyNotUnderstood => !Passed && Items.All(item => item.Passed || item.Name == TodosCheck.Name);
}
