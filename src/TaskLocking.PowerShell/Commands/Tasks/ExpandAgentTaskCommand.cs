using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Brings tasks back from the archive into the document, as they were; a whole pipeline is one commit.</summary>
[Cmdlet(VerbsData.Expand, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class ExpandAgentTaskCommand : CommitCommand
{
    private readonly Batches<string> _ids = new();

    /// <summary>The archived tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Write the tasks that are back.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _ids.AddRange(Board, Id.Where(id => IsToDo(id, "Bring task back")).ToList());

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_ids).Where(ids => ids.Count > 0).SelectMany(ids => Board.RestoreTasks(ids, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}
