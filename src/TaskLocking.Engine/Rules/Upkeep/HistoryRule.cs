using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Has entries leave the histories of tasks, that were written to the archive before. Where the history has become another since, by
/// whoever did the same, nothing leaves that one. What came behind the entries since does not matter.
/// </summary>
/// <param name="shares">What was written.</param>
internal sealed class HistoryRule(IReadOnlyList<HistoryShare> shares) : ITaskRule<IReadOnlyList<string>>
{
    /// <returns>The ids of the tasks whose entries have left.</returns>
    public IReadOnlyList<string> Decide(TaskDraft draft)
    {
        var moved = new List<string>(shares.Count);
        foreach (var share in shares)
        {
            if (draft.Find(share.Task.Id) is not { Source: { } source } task || !source.BeginsLike(share.Task.Source!, share.Count))
                continue;
            draft.MoveHistory(task, share);
            moved.Add(task.Id);
        }
        return moved;
    }
}
