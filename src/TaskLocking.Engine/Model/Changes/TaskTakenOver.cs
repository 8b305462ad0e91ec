namespace TaskLocking.Model;

/// <summary>A task of another store, which comes as it is there.</summary>
internal sealed class TaskTakenOver : TaskAdded
{
    /// <param name="theirs">The task there.</param>
    /// <param name="commit">What it comes with.</param>
    /// <param name="sources">Gives its source; null where no store will have it.</param>
    public TaskTakenOver(AgentTask theirs, ComingCommit commit, ITaskSources? sources)
        : base(theirs.Id)
    {
        Theirs = theirs;
        After = new AgentTask(theirs.Facts, sources?.Coming(this, commit));
    }

    public AgentTask Theirs { get; }

    public override AgentTask After { get; }
}
