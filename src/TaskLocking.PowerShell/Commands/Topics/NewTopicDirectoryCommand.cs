using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Makes numbered topic folders: scan, next number and mkdir under one lock, one scan for a whole pipeline of names.</summary>
[Cmdlet(VerbsCommon.New, "TopicDirectory", SupportsShouldProcess = true)]
[OutputType(typeof(TopicDirectory))]
public sealed class NewTopicDirectoryCommand : NumberingCommand
{
    private readonly List<string> _names = [];

    /// <summary>Free text; it becomes lower case with underscores, at most 50 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Give the topic of exactly that name if there is one, here or on another branch.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
        {
            try
            {
                if (ShouldProcess(TopicName.Clean(name), "Make topic folder"))
                    _names.Add(name);
            }
            catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.InvalidArgument)
            {
                WriteRefusal(refused.Refusal, name);
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_names.Count == 0)
            return;
        using var topics = Topics(Root);
        WriteObject(topics.Create(_names, Numbering(Reuse), StopToken), enumerateCollection: true);
        Warn(topics);
    }
}
