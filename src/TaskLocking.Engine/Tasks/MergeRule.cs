using System.Collections.Generic;
using System.Linq;
using TaskLocking.Leases;
using TaskLocking.Scheduling;
using TaskLocking.Storage;

namespace TaskLocking.Tasks;

/// <summary>
/// Takes over the tasks of another store by their ids. A new one comes whole, with its history and what nobody here knows; but its claim
/// ends, and work under it goes back to Todo. One that is there already stays as it is, and a claim of the other ends with that store.
/// Versions go on above the other's, so that none of its tokens is ever one of ours.
/// </summary>
/// <param name="other">The other store's state; it does not change meanwhile.</param>
internal sealed class MergeRule(ITaskState other) : ITaskRule<MergeReport>
{
    public MergeReport Decide(TaskDraft draft)
    {
        var (added, same, differing, released) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var theirs in other.Tasks)
        {
            if (theirs.Entry is not { } entry)
                continue;
            if (draft.Find(theirs.Id) is { } ours)
            {
                var isSame = JsonSame.As(ours.Entry!.Json.Span, entry.Json.Span);
                (isSame ? same : differing).Add(theirs.Id);
                if (!isSame && theirs.Claim is not null)
                    released.Add(theirs.Id);
                continue;
            }
            added.Add(theirs.Id);
            var task = draft.TakeOver(theirs.Id, entry.Json);
            if (task.Claim is null)
                continue;
            released.Add(task.Id);
            var change = draft.Change(task).EndClaim(task).Unassign(task);
            if (TaskLife.To(TaskMove.Return, task.Status) is { } status)
                change.SetStatus(status);
            change.Apply();
        }
        FailureTravel.Settle(draft, added);
        draft.SkipTo(other.Version);
        return new MergeReport(added, same, differing, released);
    }
}
