using System.IO;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Makes the artifact folder of a topic when it is first needed, and gives it either way.</summary>
[Cmdlet(VerbsCommon.New, "TopicArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class NewTopicArtifactCommand : TopicCommand
{
    /// <summary>The topic's number, with or without leading zeros.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int Number { get; set; }

    /// <summary>reports, plans, summaries, debug, scripts or outputs; several at once.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(ArtifactKindCompleter))]
    [Given]
    public string[] Kind { get; set; } = [];

    /// <summary>The folder of the topics; a piped topic brings its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SpecsDirectory")]
    [Given]
    public string? Root { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var topics = Topics(Root);
        foreach (var kind in Kind)
        {
            try
            {
                if (ShouldProcess($"{Number:000} in {topics.Root}", $"Make artifact folder {kind}"))
                    WriteObject(new DirectoryInfo(topics.EnsureArtifact(Number, kind)));
            }
            catch (TaskLockingException refused)
            {
                WriteRefusal(refused.Refusal, Number);
            }
        }
    }
}
