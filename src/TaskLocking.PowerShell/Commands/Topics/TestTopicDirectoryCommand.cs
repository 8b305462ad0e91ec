using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Audits topic folders: duplicates, gaps, misnamed folders, a held lock, what would collide on a merge.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TopicDirectory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TopicReport), typeof(bool))]
public sealed class TestTopicDirectoryCommand : TopicRootsCommand
{
    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Branches or commits with which this one will be merged.</summary>
    [Parameter]
    [Given]
    public string[] Against { get; set; } = [];

    /// <summary>The branch that this one goes into: what the remote calls its own.</summary>
    [Parameter]
    public SwitchParameter MergeBase { get; set; }

    private protected override void Read(TopicStore topics)
    {
        var report = topics.Check(Against, MergeBase, StopToken);
        WriteObject(Quiet ? report.Passed : report);
    }
}
