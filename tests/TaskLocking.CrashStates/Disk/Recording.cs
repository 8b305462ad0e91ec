using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.CrashStates.Disk;

/// <summary>What happened to a workspace, and what was answered, from an empty folder on.</summary>
internal sealed class Recording(string name)
{
    /// <summary>When everything was that was there before.</summary>
    public const long Before = 0;

    private const long Flushed = Before + 1;

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

    /// <summary>Whether a flush failed in it, or before.</summary>
    public bool HasFailure => _hasFailure ??=
        name.Contains("failed", System.StringComparison.Ordinal) || Nodes.Exists(node => node.Flushes.Exists(flush => flush.Failed));

    /// <summary>When the power may fail: before each thing that was begun, and when each flush was over.</summary>
    public List<long> Moments => _moments ??=
    [
        .. Nodes.SelectMany(node => node.Changes.Select(change => change.Start).Concat(node.Flushes.Select(flush => flush.End + 1)))
            .Concat(Names.Select(change => change.Start)).Concat(Answers.Select(answer => answer.Start + 1))
            .Where(moment => moment > Flushed + 1).Distinct().Order(),
    ];

    /// <summary>What was there before, with its names, is on the disk.</summary>
    public void FlushBeginning() => Nodes.ForEach(node => node.Flushes.Insert(0, new Flush(Flushed, Flushed, Failed: false, default)));
}
