namespace TaskLocking.Ready;

/// <summary>
/// What a decision found of the children of a task, with its own changes in it. Others may have closed or added some meanwhile: it is
/// answered alike as long as that makes none of the differences that were asked about.
/// </summary>
/// <param name="parent">The task.</param>
/// <param name="total">How many children the decision adds on balance.</param>
/// <param name="open">How many more are open by it.</param>
/// <param name="done">How many more are done by it.</param>
internal sealed class FamilyQuestion(string parent, int total, int open, int done) : IReadyQuestion
{
    /// <summary>Whether a child was open; null where that was not asked.</summary>
    public bool? HasOpen { get; init; }

    /// <summary>Whether one was done. Asked where none is open.</summary>
    public bool HasDone { get; init; }

    /// <summary>How many children there were; null where that was not asked.</summary>
    public int? Total { get; init; }

    public bool IsAnsweredAlike(TaskGraph later) =>
        (Total is not { } count || later.ChildCountOf(parent) + total == count)
        && (HasOpen is not { } hasOpen || (later.OpenChildCountOf(parent) + open > 0 == hasOpen
            && (hasOpen || later.DoneChildCountOf(parent) + done > 0 == HasDone)));
}
