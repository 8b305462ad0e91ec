using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Changes fields of tasks. A piped task is named by it, and must not write its old fields back; an object of CSV or JSON says by its
/// properties what shall change, where the command does not.
/// </summary>
[Cmdlet(VerbsCommon.Set, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class SetAgentTaskCommand : CommitCommand, INamedRequest
{
    private const int ShownIds = 5;
    private readonly Batches<TaskEdit> _edits = new();
    private readonly List<string> _unchanged = [];

    /// <summary>The tasks to change.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>What the pipeline brings: a task, an id, or an object with an id and fields to change.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The new name.</summary>
    [Parameter]
    [Given(AllowNone = true)]
    public string? Name { get; set; }

    /// <summary>The new status.</summary>
    [Parameter]
    [Status]
    public AgentTaskStatus Status { get; set; }

    /// <summary>The new priority.</summary>
    [Parameter]
    [Priority]
    public TaskPriority Priority { get; set; }

    /// <summary>The new text.</summary>
    [Parameter]
    [Alias("Description")]
    [Given(AllowNone = true)]
    public string? Content { get; set; }

    /// <summary>The agent that the task is meant for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given(AllowNone = true)]
    public string? Agent { get; set; }

    /// <summary>The file that describes the work.</summary>
    [Parameter]
    [Given(AllowNone = true)]
    public string? TaskFile { get; set; }

    /// <summary>The swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given(AllowNone = true)]
    public string? Swarm { get; set; }

    /// <summary>The task that it is a part of; an empty text or none takes it out.</summary>
    [Parameter]
    [Alias("ParentId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [Given(AllowNone = true)]
    public string? Parent { get; set; }

    /// <summary>The whole new list of labels; an empty list removes them.</summary>
    [Parameter]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given(AllowNone = true)]
    public string[]? Tag { get; set; }

    /// <summary>The whole new list of dependencies; an empty list removes them.</summary>
    [Parameter]
    [Alias("Dependencies")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [Given(AllowNone = true)]
    public string[]? DependsOn { get; set; }

    /// <summary>The whole new list of required capabilities; an empty list removes them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given(AllowNone = true)]
    public string[]? Requires { get; set; }

    /// <summary>The whole new list of agents that may take it; an empty list lets everybody.</summary>
    [Parameter]
    [Alias("AllowedAgents")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given(AllowNone = true)]
    public string[]? AllowAgent { get; set; }

    /// <summary>The whole new list of paths and patterns that it will touch, relative to the session's location; an empty list removes
    /// them.</summary>
    [Parameter]
    [Alias("Files")]
    [Given(AllowNone = true)]
    public string[]? File { get; set; }

    /// <summary>How many times it may be started before a failure is final, 1 to 100.</summary>
    [Parameter]
    public int? MaxAttempt { get; set; }

    /// <summary>The wait before the second attempt, which each later one doubles; 0s for the usual 30 seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>How long it may run before it fails; 0s for no limit.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Not to be started before this time; a time that has passed removes it.</summary>
    [Parameter]
    [Moment]
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Whether a person has to approve it; <c>-NeedsReview:$false</c> takes that away.</summary>
    [Parameter]
    public SwitchParameter NeedsReview { get; set; }

    /// <summary>Refuse unless the task still has this version; a block (<c>{ $_.Version }</c>) is asked for each piped task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long IfVersion { get; set; }

    /// <summary>Although that ends the claim of somebody who works on it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The token of the claim that is ended; for several tasks one for each, in any order.</summary>
    [Parameter]
    [Given]
    public long[]? Token { get; set; }

    /// <summary>The process that works, where the claim names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <summary>Write the changed tasks.</summary>
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
            try
            {
                var edit = Edit(PipedFields.Of(InputObject, id, Board.FindTask, path => LeasePath.Pattern(this, path)));
                if (edit with { IfVersion = null, Proof = null } == new TaskEdit(id))
                    _unchanged.Add(id);
                if (IsToDo(id, "Change task"))
                    _edits.Add(Board, edit);
            }
            catch (TaskLockingException refused) when (refused.Refusal.TaskId == id)
            {
                WriteRefusal(refused.Refusal, id);
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_unchanged.Count > 0)
            WriteWarning($"Nothing is named to change on {Named.Ids(_unchanged, ShownIds)}. Name a field, for example -Priority High.");
        foreach (var outcome in Each(_edits).SelectMany(items => Board.Edit(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }

    // What the command names counts before what the pipeline says.
    private TaskEdit Edit(TaskEdit piped) => piped with
    {
        Proof = SessionProof.Of(Token, By, ProcessId, Force),
        IfVersion = IsGiven(nameof(IfVersion)) ? IfVersion : piped.IfVersion,
        Name = Name ?? piped.Name,
        Status = IsGiven(nameof(Status)) ? Status : piped.Status,
        Priority = IsGiven(nameof(Priority)) ? Priority : piped.Priority,
        Content = Content ?? piped.Content,
        Agent = Agent ?? piped.Agent,
        TaskFile = TaskFile ?? piped.TaskFile,
        Swarm = Swarm ?? piped.Swarm,
        Parent = Parent is null ? piped.Parent : ParentWord.Read(Parent),
        Tags = Tag ?? piped.Tags,
        Dependencies = DependsOn ?? piped.Dependencies,
        Requires = Requires ?? piped.Requires,
        AllowedAgents = AllowAgent ?? piped.AllowedAgents,
        Files = File is null ? piped.Files : Array.ConvertAll(File, path => LeasePath.Pattern(this, path)),
        MaxAttempt = MaxAttempt ?? piped.MaxAttempt,
        RetryDelay = RetryDelay ?? piped.RetryDelay,
        TimeLimit = TimeLimit ?? piped.TimeLimit,
        NotBefore = NotBefore ?? piped.NotBefore,
        NeedsReview = IsGiven(nameof(NeedsReview)) ? NeedsReview : piped.NeedsReview,
    };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
