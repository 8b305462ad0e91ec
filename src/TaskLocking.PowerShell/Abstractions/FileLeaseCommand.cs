using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>What locking and unlocking files share: the paths of a whole pipeline are done together or not at all.</summary>
public abstract class FileLeaseCommand : AgentCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private readonly Batches<string> _paths = new();

    /// <summary>Paths and patterns; a pattern is a lease on everything that it matches, now or later.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FileLockCompleter))]
    [Given]
    public string[] Path { get; set; } = [];

    /// <summary>Paths, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [Given]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What the pipeline brings: the path of a lease or a test result is relative to the workspace.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected abstract string Action { get; }

    private protected Batches<string> Paths => _paths;

    /// <inheritdoc/>
    protected override void Process()
    {
        var named = LeasePath.Patterns(this, InputObject, Board.Workspace, Path).Concat(LeasePath.Literals(this, LiteralPath));
        _paths.AddRange(Board, named.Where(path => IsToDo(path, Action)).ToList());
    }

    /// <summary>Writes what was done, or for every path in the way who has it.</summary>
    private protected void Write(FileLeaseAnswer answer, IReadOnlyList<string> paths, bool passThru)
    {
        foreach (var refusal in answer.Refused)
            WriteRefusal(refusal, refusal.Path);
        if (answer.Success && passThru && !IsWhatIf)
            WriteObject(answer.Leases, enumerateCollection: true);
        else if (!answer.Success && paths.Count > 1)
            WriteRefusal(Nothing(answer, paths.Count), paths.ToArray());
    }

    private static Refusal Nothing(FileLeaseAnswer answer, int count)
    {
        var refused = answer.Refused.Select(r => r.Path ?? "").Distinct(StringComparer.Ordinal).ToArray();
        return new(RefusalCode.BatchRefused,
            $"Nothing was changed: of {count} paths these are in the way: {string.Join(", ", refused)}.",
            Ids: refused);
    }
}
