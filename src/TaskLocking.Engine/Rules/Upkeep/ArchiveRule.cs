using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Takes closed tasks out of the document, whose todos were written to a part of the archive before. One that has changed since, or is
/// needed now, stays, and does not count in that part. Nothing is changed, and null is the answer, where a part that was put into the new
/// one is another by now: then it has to be written again.
/// </summary>
/// <param name="request">Which tasks.</param>
/// <param name="tasks">Those that were written.</param>
/// <param name="written">The part that they were written to.</param>
/// <param name="merged">The parts that were put into it.</param>
internal sealed class ArchiveRule(
    ArchiveRequest request, IReadOnlyList<AgentTask> tasks, ArchiveSegment written, IReadOnlyList<ArchiveSegment> merged)
    : ITaskRule<ArchiveReport?>
{
    public ArchiveReport? Decide(TaskDraft draft)
    {
        if (!merged.All(segment => IsAsItWas(segment, draft)))
            return null;
        var choice = ArchiveChoice.Of(draft, request, draft.Now);
        var chosen = new Dictionary<string, AgentTask>(choice.Tasks.Count, StringComparer.Ordinal);
        foreach (var task in choice.Tasks)
            chosen.Add(task.Id, task);
        var (going, left) = (new List<AgentTask>(tasks.Count), new List<string>());
        foreach (var task in tasks)
        {
            if (chosen.TryGetValue(task.Id, out var now) && now.Source!.Json.Span.SequenceEqual(task.Source!.Json.Span))
                going.Add(now);
            else
                left.Add(task.Id);
        }
        if (going.Count > 0)
        {
            foreach (var task in going)
                draft.PutAway(task);
            foreach (var segment in merged)
                draft.Remove(segment);
            draft.Put(written.With(left, ArchiveSegment.Tally(going, merged)));
        }
        return new ArchiveReport([.. going.Select(task => task.Id)], choice.Needed, draft.Archive.Sum(segment => segment.Tasks), false);
    }

    private static bool IsAsItWas(ArchiveSegment segment, TaskDraft draft) =>
        draft.Archive.FirstOrDefault(known => known.Name == segment.Name)?.Left.Count == segment.Left.Count;
}
