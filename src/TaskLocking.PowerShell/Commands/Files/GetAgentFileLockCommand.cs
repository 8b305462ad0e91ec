using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lists the leases on files that hold now, by path; takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "AgentFileLock")]
[OutputType(typeof(FileLease))]
public sealed class GetAgentFileLockCommand : WorkspaceCommand
{
    /// <summary>Paths relative to the session's location, wildcards permitted; a folder stands for all in it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Given]
    public string[] Path { get; set; } = [];

    /// <summary>Only what this agent has, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string? Agent { get; set; }

    /// <summary>Only what was taken with the claims of these tasks.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[]? TaskId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var paths = Board.DescribePaths(Array.ConvertAll(Path, path => LeasePath.Pattern(this, path)));
        var agent = Agent is null ? null : WildcardPattern.Get(Agent, WildcardOptions.IgnoreCase);
        var leases = Board.GetFileLeases().Where(lease =>
            (paths.Count == 0 || paths.Any(path => IsNamed(lease, path)))
            && (agent is null || string.Equals(lease.Agent, Agent, StringComparison.Ordinal) || agent.IsMatch(lease.Agent))
            && (TaskId is null || TaskId.Contains(lease.TaskId, StringComparer.Ordinal)));
        WriteObject(leases, enumerateCollection: true);
    }

    // A lease on a pattern is found by its own text.
    private static bool IsNamed(FileLease lease, string path) => lease.Path.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase) ||
        string.Equals(lease.Path, path, StringComparison.Ordinal)
            || WildcardPattern.Get(path, WildcardOptions.IgnoreCase).IsMatch(lease.Path);
}
