using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Takes over the tasks of another store by their ids. A new one comes whole, with its history and what nobody here knows; but its claim
/// ends, and work under it goes back to Todo. One that is there already stays as it is, and a claim of the other ends with that store; but
/// what the other has done is done, unless somebody works on it here or has opened it again since. Versions go on above the other's, so
/// that none of its tokens is ever one of ours.
/// </summary>
/// <param name="other">The other store's state; it does not change meanwhile.</param>
/// <param name="liveness">Judges processes; null: time alone does.</param>
/// <param name="archived">What of its archive was written to one here; null for nothing.</param>
internal sealed class MergeRule(ITaskState other, ILiveness? liveness = null, WrittenArchive? archived = null) : ITaskRule<MergeReport>
{
    /// <exception cref="TaskLockingException">DependencyCycle: tasks of both would wait for one another.</exception>
    public MergeReport Decide(TaskDraft draft)
    {
        var (added, same, differing, released) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var completed = new List<string>();
        var waiting = draft.Graph.Dangling.Where(dangling => other.Find(dangling.Missing) is not null).ToList();
        var parentless = draft.Graph.Parentless.Where(child => other.Find(child.Missing) is not null).ToList();
        if (draft.Archive.Count > 0)
            draft.LookUp([.. other.Tasks.Concat(archived?.Tasks ?? []).Select(task => task.Id)]);
        foreach (var theirs in other.Tasks)
        {
            if (theirs.Source is not { } source)
                continue;
            if (draft.Find(theirs.Id) is { } ours)
            {
                var isSame = ours.Source!.SaysTheSameAs(source);
                (isSame ? same : differing).Add(theirs.Id);
                if (!isSame && theirs.Claim is not null)
                    released.Add(theirs.Id);
                if (IsDoneThere(theirs, ours, draft))
                {
                    completed.Add(theirs.Id);
                    Complete(ours, draft);
                }
                continue;
            }
            if (draft.FindArchived(theirs.Id) is { } put)
            {
                (put.Task.Source!.SaysTheSameAs(source) ? same : differing).Add(theirs.Id);
                continue;
            }
            added.Add(theirs.Id);
            var task = draft.TakeOver(theirs);
            if (task.Claim is null)
                continue;
            released.Add(task.Id);
            var change = draft.Change(task).EndClaim(task).Unassign(task);
            if (TaskLife.To(TaskMove.Return, task.Status) is { } status)
                change.SetStatus(status);
            change.Apply();
        }
        TakeArchive(draft, added);
        RefuseCircle(waiting, draft);
        foreach (var child in parentless)
        {
            if (draft.Graph.FindCycle(child.TaskId, draft.Find(child.TaskId)!.Dependencies, child.Missing) is { Count: > 0 } circle)
                throw new TaskLockingException(TaskRefusals.CycleOfBoth(child.TaskId, circle));
        }
        FailureTravel.Settle(draft, added.Concat(completed));
        draft.SkipTo(other.Version);
        return new MergeReport(added, same, differing, released) { Completed = completed };
    }

    // What is known here already, as a task or in the archive, stays as it is.
    private void TakeArchive(TaskDraft draft, List<string> added)
    {
        if (archived is null)
            return;
        var (taken, left) = (new List<AgentTask>(), new List<string>());
        foreach (var task in archived.Tasks)
        {
            if (draft.Find(task.Id) is null && draft.FindArchived(task.Id) is null)
                taken.Add(task);
            else
                left.Add(task.Id);
        }
        if (taken.Count == 0)
            return;
        draft.Put(archived.Segment.With(left, ArchiveSegment.Tally(taken, [])));
        added.AddRange(taken.Select(task => task.Id));
    }

    private bool IsDoneThere(AgentTask theirs, AgentTask ours, TaskDraft draft)
    {
        if (!theirs.IsMet || ours.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled)
            return false;
        if (ClaimCheck.RefuseTaking(ours, null, draft.Now, liveness) is not null || draft.OpenChildrenOf(ours.Id).Count > 0)
            return false;
        // Opened again: what was done there is what was not good enough here.
        return ours.ReadHistory().LastOrDefault(entry => entry is { Field: "status", OldValue: "Done" }) is not { Timestamp: { } opened }
            || theirs.CompletedAt > opened;
    }

    private static void Complete(AgentTask ours, TaskDraft draft)
    {
        draft.Change(ours).EndClaim(ours).ForgetTrouble(ours).SetStatus(AgentTaskStatus.Done).Apply();
        ClaimEnd.FreeFiles(draft, ours);
    }

    // A circle that either has already comes, or stays, as any that a document brings; one of both is made by nobody.
    private static void RefuseCircle(IReadOnlyList<DanglingDependency> waiting, TaskDraft draft)
    {
        foreach (var (id, missing) in waiting.Select(dangling => (dangling.TaskId, dangling.Missing)))
        {
            if (draft.Graph.FindCycle(id, [missing]) is { Count: > 0 } circle)
                throw new TaskLockingException(TaskRefusals.CycleOfBoth(id, circle));
        }
    }
}
