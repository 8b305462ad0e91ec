namespace TaskLocking.Ready;

/// <summary>Nobody works under a name that looks like this one.</summary>
internal sealed class NobodyLike(string name) : IReadyQuestion
{
    public bool IsAnsweredAlike(TaskGraph later) => later.Ready.FindActiveLike(name) is null;
}
