using TaskLocking.Model;


namespace TaskLocking.Ready;

/// <summary>The worker had at most so many tasks: one more is not too many.</summary>
internal sealed class RoomFor(Worker worker, int most) : IReadyQuestion
{
    public bool IsAnsweredAlike(TaskGraph later) => later.Ready.LoadOf(worker) <= most;
}
