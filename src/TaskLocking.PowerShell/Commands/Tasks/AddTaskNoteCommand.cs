using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Leaves a note on tasks, for whoever works on them next or waits for them.</summary>
[Cmdlet(VerbsCommon.Add, "TaskNote", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class AddTaskNoteCommand : CommitCommand, INamedRequest
{
    private readonly Batches<NoteRequest> _requests = new();

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>What to leave there, 1 to 20,000 characters; several are lines. Control characters are left out.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Given]
    public string[] Text { get; set; } = [];

    /// <summary>A note, or the result: what the work came to.</summary>
    [Parameter]
    [ValidateSet("note", "result")]
    public string Kind { get; set; } = "note";

    /// <summary>Refuse unless the task still has this version; a block (<c>{ $_.Version }</c>) is asked for each piped task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? IfVersion { get; set; }

    /// <summary>Write the tasks as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in Id)
        {
            if (IsToDo(id, "Add note to task"))
            {
                _requests.Add(Board, new NoteRequest(id, string.Join("\n", Text))
                {
                    Kind = Kind.ToLowerInvariant(),
                    IfVersion = IfVersion,
                });
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(items => Board.AddNotes(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}
