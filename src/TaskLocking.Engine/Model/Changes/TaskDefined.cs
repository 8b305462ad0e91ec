namespace TaskLocking.Model;

/// <summary>A new task as it was defined: in Todo, created with the commit.</summary>
internal sealed class TaskDefined : TaskAdded
{
    /// <param name="definition">What it shall be.</param>
    /// <param name="number">Its <c>taskNumber</c>; null if the document does not number its todos.</param>
    /// <param name="commit">What it comes with.</param>
    /// <param name="sources">Gives its source; null where no store will have it.</param>
    public TaskDefined(TaskDefinition definition, long? number, ComingCommit commit, ITaskSources? sources)
        : base(definition.Id)
    {
        Definition = definition;
        Number = number;
        After = new AgentTask(Facts(definition, commit), sources?.Coming(this, commit));
    }

    public TaskDefinition Definition { get; }

    public long? Number { get; }

    public override AgentTask After { get; }

    private static TaskFacts Facts(TaskDefinition definition, ComingCommit commit) => new()
    {
        Id = definition.Id,
        Name = definition.Name ?? definition.Id,
        Priority = definition.Priority,
        Tags = definition.Tags,
        Dependencies = definition.Dependencies,
        Content = definition.Content,
        Agent = definition.Agent,
        TaskFile = definition.TaskFile,
        Swarm = definition.Swarm,
        Parent = definition.Parent,
        Requires = definition.Requires,
        Created = commit.Now,
        LastModified = commit.Now,
        Execution = HasPlainExecution(definition) ? TaskExecution.None : new TaskExecution
        {
            MaxAttempt = definition.MaxAttempt,
            RetryDelay = StoredForm.Of(definition.RetryDelay),
            TimeLimit = StoredForm.Of(definition.TimeLimit),
            NeedsReview = definition.NeedsReview,
            Files = definition.Files,
            AllowedAgents = definition.AllowedAgents,
            NotBefore = StoredForm.Of(definition.NotBefore),
        },
    };

    private static bool HasPlainExecution(TaskDefinition definition) => definition is
    {
        MaxAttempt: 1, RetryDelay: null, TimeLimit: null, NeedsReview: false, Files.Count: 0, AllowedAgents.Count: 0, NotBefore: null,
    };
}
