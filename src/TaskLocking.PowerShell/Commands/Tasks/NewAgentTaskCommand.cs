using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Defines tasks: a whole pipeline is one commit, each id is defined by one caller only.</summary>
[Cmdlet(VerbsCommon.New, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class NewAgentTaskCommand : CommitCommand, INamedRequest
{
    // PowerShell asks each object of a pipeline for every parameter that may come by property name, twice, and a thousand ids for nothing:
    // more than the commit takes. A text has no such properties, so it has a parameter, and thereby a set, of its own.
    private const string ById = "Id";
    private const string ByText = "Text";

    private readonly Batches<TaskDefinition> _definitions = new();

    /// <summary>What the tasks are called: 1 to 100 characters, none of which ends a line.</summary>
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>An id as text, from the pipeline.</summary>
    [Parameter(ParameterSetName = ByText, Mandatory = true, ValueFromPipeline = true)]
    [TaskId]
    [Given]
    public string InputObject { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Given]
    public override string? Workspace { get; set; }

    /// <summary>A line for people; the id when left out.</summary>
    [Parameter(ParameterSetName = ById, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText, Position = 1)]
    [EmptyCell]
    public string? Name { get; set; }

    /// <summary>The agent that the task is meant for; not an assignment.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [EmptyCell]
    public string? Agent { get; set; }

    /// <summary>The file that describes the work; kept as written.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [EmptyCell]
    public string? TaskFile { get; set; }

    /// <summary>The text of the task.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("Description")]
    [EmptyCell]
    public string? Content { get; set; }

    /// <summary>How urgent.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Priority]
    public TaskPriority Priority { get; set; } = TaskPriority.Medium;

    /// <summary>Ids that must be done before.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("Dependencies")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [CellList]
    [EmptyCell]
    public string[] DependsOn { get; set; } = [];

    /// <summary>The swarm that the task belongs to.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [EmptyCell]
    public string? Swarm { get; set; }

    /// <summary>The task that it is a part of, which is done when its children are; it may come later in the same pipeline.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("ParentId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [EmptyCell]
    public string? Parent { get; set; }

    /// <summary>Free labels.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    [CellList]
    [EmptyCell]
    public string[] Tag { get; set; } = [];

    /// <summary>Capabilities that an agent must have to take the task.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [CellList]
    [EmptyCell]
    public string[] Requires { get; set; } = [];

    /// <summary>The agents that may take the task; every one that has the capabilities when left out.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("AllowedAgents")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [CellList]
    [EmptyCell]
    public string[] AllowAgent { get; set; } = [];

    /// <summary>The paths and patterns that it will touch, relative to the session's location; leases on them are taken with the
    /// claim.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [CellList]
    [EmptyCell]
    public string[] File { get; set; } = [];

    /// <summary>The same relative to the workspace, as tasks have them: a piped task brings them.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Alias("Files")]
    [CellList]
    [EmptyCell]
    public string[] WorkspaceFile { get; set; } = [];

    /// <summary>How many times it may be started before a failure is final, 1 to 100.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [EmptyAsNull]
    public int? MaxAttempt { get; set; }

    /// <summary>The wait before the second attempt, which each later one doubles, 1 s to 30 days; 30 seconds when left out.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Duration]
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>How long it may run before it fails, 1 s to 365 days.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Duration]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Not to be started before this time.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Moment]
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>A person has to approve it: an agent that completes it brings it to Review.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByText)]
    [Truth]
    public SwitchParameter NeedsReview { get; set; }

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in ParameterSetName == ByText ? [InputObject] : Id)
        {
            if (IsToDo(id, "Define task"))
                _definitions.Add(Board, Definition(id));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_definitions).SelectMany(items => Board.Define(items, Commit, StopToken)))
            Write(outcome, passThru: true);
    }

    private TaskDefinition Definition(string id) => new(id)
    {
        Name = Given(Name),
        Agent = Given(Agent),
        TaskFile = Given(TaskFile),
        Content = Given(Content),
        Priority = Priority,
        Dependencies = Items(nameof(DependsOn), DependsOn),
        Swarm = Given(Swarm),
        Parent = Given(Parent),
        Tags = Items(nameof(Tag), Tag),
        Requires = Items(nameof(Requires), Requires),
        AllowedAgents = Items(nameof(AllowAgent), AllowAgent),
        Files =
        [
            .. Items(nameof(File), File).Select(path => LeasePath.Pattern(this, path)),
            .. Items(nameof(WorkspaceFile), WorkspaceFile).Select(path => Path.Combine(Board.Workspace, path)),
        ],
        MaxAttempt = MaxAttempt ?? 1,
        RetryDelay = RetryDelay,
        TimeLimit = TimeLimit,
        NotBefore = NotBefore,
        NeedsReview = NeedsReview,
    };

    // An empty cell of a CSV file is a value that was not given.
    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    // What the command names is a list as it is written; a cell of a table has one text for it.
    private string[] Items(string parameter, string[]? values) => CellListAttribute.Read(values, isCell: !IsNamed(parameter));
}
