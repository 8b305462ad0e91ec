using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells whether paths could be taken now and who stands in the way; takes nothing and no lock.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AgentFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileTestResult), typeof(bool))]
public sealed class TestAgentFileCommand : WorkspaceCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private readonly Batches<string> _paths = new();

    /// <summary>Paths and patterns; a pattern is everything that it matches, now or later.</summary>
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

    /// <summary>The agent, whose own leases are not in the way. Left out: <c>TASKLOCKING_AGENT</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string? Agent { get; set; }

    /// <summary>Whether they could be shared.</summary>
    [Parameter]
    public SwitchParameter Shared { get; set; }

    /// <summary>
    /// What the agent is: human for a person, who is another than an agent of that name. Left out: as the name is registered.
    /// </summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>The process that works, where a lease names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Repository: the file in every working tree of git; Worktree: the file of its own tree alone.</summary>
    [Parameter]
    public FileLeaseScope Scope { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        _paths.AddRange(Board,
            LeasePath.Patterns(this, InputObject, Board.Workspace, Path).Concat(LeasePath.Literals(this, LiteralPath)).ToList());

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var paths in Each(_paths).Where(paths => paths.Count > 0))
            Test(paths);
    }

    private void Test(List<string> paths)
    {
        var holder = new LeaseHolder(CallingAgent.Require(Agent))
        {
            Type = Type?.ToLowerInvariant(),
            Callers = SessionHolder.Callers(ProcessId)
        };
        var request = new FileLeaseRequest(holder, paths) { IsShared = Shared, Scope = Scope };
        foreach (var result in Board.TestFiles(request))
            WriteObject(Quiet ? result.IsFree : result);
    }
}
