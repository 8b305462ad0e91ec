namespace TaskLocking.Ready;

/// <summary>
/// Something that a decision asked the index, and the answer that it rests on: what others commit meanwhile does not matter to it as long
/// as the answer stays the same.
/// </summary>
internal interface IReadyQuestion
{
    /// <summary>Whether the graph of a later state gives the same answer.</summary>
    bool IsAnsweredAlike(TaskGraph later);
}
