using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Tells of dependencies on what is a task, and will not be done as things stand: it is cancelled or failed, or waits for itself.
/// </summary>
internal static class VainDependencies
{
    // More would not be read in one line; and whoever defines many thousand at once does not wait for all of them to be walked.
    private const int MostShown = 20;
    private const int MostLookedAt = 1_000;

    /// <summary>A line about all of them; null if there is none.</summary>
    /// <param name="outcomes">What became of the tasks; those that were given dependencies are looked at.</param>
    /// <param name="read">Gives the state after it.</param>
    public static StoreNotice? Notice(IReadOnlyList<TaskOutcome> outcomes, Func<ITaskState> read)
    {
        var given = outcomes.Where(outcome => outcome is { Changed: true, Task: not null })
            .SelectMany(outcome => outcome.Task!.Dependencies.Except(outcome.Previous?.Dependencies ?? [], StringComparer.Ordinal)
                .Select(id => (outcome.Id, Awaited: id)))
            .Take(MostLookedAt)
            .ToList();
        if (given.Count == 0)
            return null;
        var state = read();
        var left = MostLookedAt;
        var told = new List<string>();
        foreach (var (id, awaited) in given)
        {
            if (Why(awaited, state, ref left) is { } why)
                told.Add($"{id} waits for {awaited}, which {why}");
        }
        if (told.Count == 0)
            return null;
        var more = told.Count > MostShown ? $"; {told.Count - MostShown} more" : "";
        return new StoreNotice(StoreNoticeKind.DependencyInVain,
            $"{string.Join("; ", told.Take(MostShown))}{more}: not ready before somebody does something about it.");
    }

    private static string? Why(string id, ITaskState state, ref int left) => state.Find(id) switch
    {
        null => null, // told as missing
        { Status: AgentTaskStatus.Cancelled or AgentTaskStatus.Failed } task => "is " + task.StatusText,
        { Status: AgentTaskStatus.Unknown } task => $"has the status '{task.StatusText}', which nobody understands",
        { BlockedBy: { } block } => $"is blocked because {block.Root} failed",
        { Status: AgentTaskStatus.Done } => null,
        _ => LeadsBack(id, state, ref left) ? "waits for itself" : null,
    };

    // What it waits for, as far as that is not much.
    private static bool LeadsBack(string id, ITaskState state, ref int left)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([id]);
        while (open.Count > 0 && left-- > 0)
        {
            foreach (var next in state.Find(open.Dequeue())?.Dependencies ?? [])
            {
                if (next == id)
                    return true;
                if (seen.Add(next))
                    open.Enqueue(next);
            }
        }
        return false;
    }
}
