using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Which tasks leave the document for the archive: those that are closed for good and have been for long enough. Done and Cancelled are;
/// Failed is not, for somebody has to look at it and it comes back by a restart, together with what it blocks. What a task that is not
/// closed depends on, or is a part of, stays, so that whoever reads the document alone, of whichever tool, sees what that waits for; and so
/// do the children of a task that is not closed.
/// </summary>
/// <param name="Tasks">Those that leave, in document order.</param>
/// <param name="Needed">The ids of those that would, and are needed.</param>
internal sealed record ArchiveChoice(IReadOnlyList<AgentTask> Tasks, IReadOnlyList<string> Needed)
{
    public static ArchiveChoice Of(ITaskState state, ArchiveRequest request, DateTimeOffset now)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var old = new List<AgentTask>();
        foreach (var task in state.Tasks)
        {
            if (!IsClosed(task))
            {
                open.Add(task.Id);
                needed.UnionWith(task.Dependencies);
                if (task.Parent is { } parent)
                    needed.Add(parent);
            }
            else if (IsOld(task, request, now))
                old.Add(task);
        }
        return new ArchiveChoice(old.FindAll(task => !IsNeeded(task)), old.FindAll(IsNeeded).ConvertAll(task => task.Id));

        bool IsNeeded(AgentTask task) => needed.Contains(task.Id) || (task.Parent is { } parent && open.Contains(parent));
    }

    /// <summary>Whether nothing is to be done about it any more.</summary>
    public static bool IsClosed(AgentTask task) => task.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled;

    /// <summary>
    /// The parts that go into a new one, so that there are few however often somebody archives: those that are no longer than what is put
    /// together so far.
    /// </summary>
    public static IReadOnlyList<ArchiveSegment> Mergeable(IReadOnlyList<ArchiveSegment> segments, int count)
    {
        var merged = new List<ArchiveSegment>();
        foreach (var segment in segments.OrderBy(segment => segment.Tasks).ThenBy(segment => segment.Name, StringComparer.Ordinal))
        {
            if (segment.Tasks > count)
                break;
            merged.Add(segment);
            count += segment.Tasks;
        }
        return merged;
    }

    // What a document says twice, or says so that nobody understands it, is left to people.
    private static bool IsOld(AgentTask task, ArchiveRequest request, DateTimeOffset now) =>
        task is { Claim: null, Source: { Twins: 0 }, IsUnderstood: true }
        && (request.Swarm is null || string.Equals(task.Swarm, request.Swarm, StringComparison.Ordinal))
        && (Latest(task.CompletedAt, task.LastModified) ?? task.Created) is { } closed && now - closed >= request.OlderThan;

    private static DateTimeOffset? Latest(DateTimeOffset? left, DateTimeOffset? right) => left > right || right is null ? left : right;
}
