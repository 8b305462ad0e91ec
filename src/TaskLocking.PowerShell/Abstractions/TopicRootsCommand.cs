using System;
using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that reads one or several roots of topic folders; takes no lock.</summary>
public abstract class TopicRootsCommand : TopicCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Roots, wildcards permitted. Left out: CLAUDE_SPECS_ROOT, .claude/specs, specs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("Root", "SpecsDirectory")]
    [SupportsWildcards]
    [Given]
    public string[]? Path { get; set; }

    /// <summary>What the pipeline brings: a topic stands for the root that it is in, each root once.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Roots, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [Given]
    public string[]? LiteralPath { get; set; }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (PipedValue.Plain(InputObject?.Properties[nameof(TopicDirectory.SpecsDirectory)]?.Value) is string ofTopic)
        {
            if (_seen.Add(ofTopic))
                Each(ofTopic, () => Read(Topics(ofTopic)));
            return;
        }
        if (Path is null && LiteralPath is null && InputObject is not null)
        {
            if (InputObject.BaseObject is not string pattern)
                throw new TaskLockingException(RefusalCode.InvalidArgument,
                    $"'{InputObject}' is no folder and no topic. Pipe folders, their paths, or what Get-TopicDirectory writes.");
            Each(pattern, () => ReadAll(pattern));
            return;
        }
        if (Path is null && LiteralPath is null)
            Read(Topics(null));
        foreach (var root in LiteralPath ?? [])
            Each(root, () => Read(Topics(root)));
        foreach (var pattern in Path ?? [])
            Each(pattern, () => ReadAll(pattern));
    }

    /// <summary>Writes what is asked of one root.</summary>
    private protected abstract void Read(TopicStore topics);

    private void ReadAll(string pattern)
    {
        foreach (var root in SessionPath.Matching(this, pattern))
            Read(Topics(root));
    }

    private void Each(string root, Action read)
    {
        try
        {
            read();
        }
        catch (TaskLockingException refused)
        {
            WriteRefusal(refused.Refusal, root);
        }
    }
}
