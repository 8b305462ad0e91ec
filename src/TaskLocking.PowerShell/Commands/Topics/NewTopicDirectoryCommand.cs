using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Topics;

namespace TaskLocking.PowerShell;

/// <summary>Makes numbered topic folders: scan, next number and mkdir under one lock, one scan for a whole pipeline of names.</summary>
[Cmdlet(VerbsCommon.New, "TopicDirectory", SupportsShouldProcess = true)]
[OutputType(typeof(TopicDirectory))]
public sealed class NewTopicDirectoryCommand : TopicCommand
{
    private readonly List<string> _names = [];

    /// <summary>Free text; it becomes lower case with underscores, at most 50 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The folder of the topics. Left out: CLAUDE_SPECS_ROOT, .claude/specs, specs, else .claude/specs is made.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    /// <summary>Give the topic of exactly that name if there is one.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <summary>The longest wait for the lock, in seconds: 0 tries once, -1 waits for ever.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec { get; set; } = 10;

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
        Waiting.Timeout = TimeoutSec < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec);
        var options = new LockOptions { Timeout = Waiting.Timeout.Value, OnWait = Waiting.Report, OnFreed = Tell };
        using var topics = Topics(Root);
        WriteObject(topics.Create(_names, Reuse, options, StopToken), enumerateCollection: true);
        foreach (var notice in topics.TakeNotices())
            WriteWarning(notice.Message);
    }

    private void Tell(LockTimes times) =>
        WriteVerbose($"Waited {times.Waited.TotalMilliseconds:0.000} ms, held the topic lock {times.Held.TotalMilliseconds:0.000} ms.");
}
