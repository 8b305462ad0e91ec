using System;
using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;
using TaskLocking.Tasks;

namespace TaskLocking.PowerShell;

/// <summary>Changes fields of tasks. Only the id is taken by property name: a piped task must not write its old fields back.</summary>
[Cmdlet(VerbsCommon.Set, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class SetAgentTaskCommand : CommitCommand
{
    private readonly List<TaskEdit> _edits = [];

    /// <summary>The tasks to change.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The new name.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The new status.</summary>
    [Parameter]
    public AgentTaskStatus Status { get; set; }

    /// <summary>The new priority.</summary>
    [Parameter]
    public TaskPriority Priority { get; set; }

    /// <summary>The new text.</summary>
    [Parameter]
    [Alias("Description")]
    public string? Content { get; set; }

    /// <summary>The agent that the task is meant for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    public string? Agent { get; set; }

    /// <summary>The file that describes the work.</summary>
    [Parameter]
    public string? TaskFile { get; set; }

    /// <summary>The swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    public string? Swarm { get; set; }

    /// <summary>The whole new list of labels; an empty list removes them.</summary>
    [Parameter]
    [Alias("Tags")]
    public string[]? Tag { get; set; }

    /// <summary>The whole new list of dependencies; an empty list removes them.</summary>
    [Parameter]
    [Alias("Dependencies")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[]? DependsOn { get; set; }

    /// <summary>The whole new list of required capabilities; an empty list removes them.</summary>
    [Parameter]
    public string[]? Requires { get; set; }

    /// <summary>The whole new list of agents that may take it; an empty list lets everybody.</summary>
    [Parameter]
    [Alias("AllowedAgents")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string[]? AllowAgent { get; set; }

    /// <summary>The whole new list of paths and patterns that it will touch, relative to the session's location; an empty list removes
    /// them.</summary>
    [Parameter]
    [Alias("Files")]
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
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Whether a person has to approve it; <c>-NeedsReview:$false</c> takes that away.</summary>
    [Parameter]
    public SwitchParameter NeedsReview { get; set; }

    /// <summary>Refuse unless the task still has this version; a block (<c>{ $_.Version }</c>) is asked for each piped task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long IfVersion { get; set; }

    /// <summary>Write the changed tasks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in Id)
        {
            if (ShouldProcess(id, "Change task"))
                _edits.Add(Edit(id));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_edits.Count == 0)
            return;
        foreach (var outcome in Board.Edit(_edits, Commit, StopToken))
            Write(outcome, PassThru);
    }

    private TaskEdit Edit(string id) => new(id)
    {
        IfVersion = IsGiven(nameof(IfVersion)) ? IfVersion : null,
        Name = Name,
        Status = IsGiven(nameof(Status)) ? Status : null,
        Priority = IsGiven(nameof(Priority)) ? Priority : null,
        Content = Content,
        Agent = Agent,
        TaskFile = TaskFile,
        Swarm = Swarm,
        Tags = Tag,
        Dependencies = DependsOn,
        Requires = Requires,
        AllowedAgents = AllowAgent,
        Files = File is null ? null : Array.ConvertAll(File, path => LeasePath.Pattern(this, path)),
        MaxAttempt = MaxAttempt,
        RetryDelay = RetryDelay,
        TimeLimit = TimeLimit,
        NotBefore = NotBefore,
        NeedsReview = IsGiven(nameof(NeedsReview)) ? NeedsReview : null,
    };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
