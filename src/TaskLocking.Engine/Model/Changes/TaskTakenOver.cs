namespace TaskLocking.Model;

/// <summary>A task of another store, which comes as it is there.</summary>
internal sealed class TaskTakenOver : TaskAdded
{
    /// <param name="theirs">The task there.</param>
    /// <param name="commit">What it comes with.</param>
    /// <param name="isRestored">It comes back from the archive.</param>
    /// <param name="sources">Gives its source; null where no store will have it.</param>
    public TaskTakenOver(AgentTask theirs, ComingCommit commit, ITaskSources? sources, bool isRestored = false)
        : base(theirs.Id)
    {
        Theirs = theirs;
        IsRestored = isRestored;
        After = new AgentTask(theirs.Facts, sources?.Coming(this, commit));
    }

    public AgentTask Theirs { get; }

    /// <summary>It comes back from the archive of this store.</summary>
    public bool IsRestored { get; }

    public override AgentTask After { get; }
}
