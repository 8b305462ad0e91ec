using System.Management.Automation;
using TaskLocking.Topics;

namespace TaskLocking.PowerShell;

/// <summary>Audits topic folders: duplicates, gaps, misnamed folders, a held lock.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TopicDirectory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TopicReport), typeof(bool))]
public sealed class TestTopicDirectoryCommand : TopicRootsCommand
{
    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Read(TopicStore topics)
    {
        var report = topics.Check();
        WriteObject(Quiet ? report.Passed : report);
    }
}
