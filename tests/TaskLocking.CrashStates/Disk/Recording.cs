using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.CrashStates.Disk;

/// <summary>What happened to a workspace, and what was answered, from an empty folder on.</summary>
internal sealed class Recording(string name)
{
    private List<long>? _moments;
    private bool? _hasFailure;

    /// <summary>The scene, for reports.</summary>
    public string Name => name;

    /// <summary>The workspace.</summary>
    public Node Root { get; } = new(0, isFolder: true, ".");

    public List<Node> Nodes { get; } = [];

    public List<NameChange> Names { get; } = [];

    public List<Answer> Answers { get; } = [];

    /// <summary>Whether somebody else wrote the document.</summary>
    public bool HasForeignHand => name.Contains("foreign", System.StringComparison.Ordinal);

    /// <summary>Whether a flush failed in it.</summary>
    public bool HasFailure => _hasFailure ??= Nodes.Exists(node => node.Flushes.Exists(flush => flush.Failed));

    /// <summary>When the power may fail: before each thing that was begun, and when each flush was over.</summary>
    public List<long> Moments => _moments ??=
    [
        .. Nodes.SelectMany(node => node.Changes.Select(change => change.Start).Concat(node.Flushes.Select(flush => flush.End + 1)))
            .Concat(Names.Select(change => change.Start)).Concat(Answers.Select(answer => answer.Start + 1)).Distinct().Order(),
    ];
}
