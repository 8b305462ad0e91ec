using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// What a worker may still get to do: its tasks that wait for no person, now or behind others. A retry that is to come, a time that is not
/// yet and work of others count; what has failed for good, waits for a review, is a person's or will not be done as things stand does not,
/// and neither does what waits for that.
/// </summary>
internal sealed class WorkOutlook
{
    private readonly IReadOnlyCollection<SwarmPause> _paused;
    private readonly SortedDictionary<int, (string Words, int Count)> _rest = [];

    private WorkOutlook(ITaskState state, ReadyQuery query)
    {
        Version = state.Version;
        var graph = ReadyQueue.GraphOf(state);
        var idle = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stuck in StuckQuery.Of(state, graph))
        {
            // What was begun without a claim that came along, the next request gives back.
            if (state.Find(stuck.TaskId) is not { Status: AgentTaskStatus.InProgress })
                idle.Add(stuck.TaskId);
        }
        var stuckAlone = new HashSet<string>(idle, StringComparer.Ordinal);
        _paused = state.PausedSwarms;
        foreach (var task in state.Tasks)
        {
            if (task.Status is not (AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Done) || IsPersons(task)
                || IsPaused(task))
                idle.Add(task.Id);
        }
        Spread(state, graph, idle);
        foreach (var task in state.Tasks.Where(task => ReadyQueue.IsMeant(task, query)))
        {
            if (task.Status is (AgentTaskStatus.Todo or AgentTaskStatus.InProgress) && !idle.Contains(task.Id))
                Left++;
            else if (task.Status != AgentTaskStatus.Cancelled)
                Count(task, stuckAlone.Contains(task.Id));
        }
    }

    /// <summary>The version that was looked at.</summary>
    public long Version { get; }

    /// <summary>How many tasks may still be done without a person.</summary>
    public int Left { get; private set; }

    /// <summary>Whether there is a task that is neither done nor in review.</summary>
    public bool HasUndone => Left > 0 || _rest.Keys.Any(key => key > 1);

    /// <summary>What became of all of them: "Nothing is left to do: 12 done, 1 failed, 2 blocked."</summary>
    public string Sentence => _rest.Count == 0 ? "There is no task."
        : "Nothing is left to do: " + string.Join(", ", _rest.Values.Select(each =>
            each.Count.ToString(CultureInfo.InvariantCulture) + " " + each.Words)) + ".";

    public static WorkOutlook Of(ITaskState state, ReadyQuery query) => new(state, query);

    // What waits for something that stays as it is stays as it is.
    private static void Spread(ITaskState state, TaskGraph graph, HashSet<string> idle)
    {
        var open = new Queue<string>(idle);
        while (open.Count > 0)
        {
            foreach (var dependent in graph.WaitersOf(open.Dequeue()))
            {
                if (state.Find(dependent) is { Status: AgentTaskStatus.Todo } && idle.Add(dependent))
                    open.Enqueue(dependent);
            }
        }
    }

    // What was claimed before goes on.
    private bool IsPaused(AgentTask task) =>
        task is { Status: AgentTaskStatus.Todo, Claim: null } && AgentView.PauseOf(_paused, task) is not null;

    private static bool IsPersons(AgentTask task) => Person.Is(task.Assignee?.Type) && task.Status != AgentTaskStatus.Done;

    private void Count(AgentTask task, bool isStuck)
    {
        var (place, words) = task.Status switch
        {
            AgentTaskStatus.Done => (0, "done"),
            AgentTaskStatus.Review => (1, "in review"),
            AgentTaskStatus.Failed => (2, "failed"),
            AgentTaskStatus.Blocked => (3, "blocked"),
            _ when isStuck => (4, "stuck"),
            AgentTaskStatus.Unknown => (5, "of a status that nobody understands"),
            _ when IsPersons(task) => (6, "for a person"),
            _ when IsPaused(task) => (7, "of a paused swarm"),
            _ => (8, "that wait for these"),
        };
        _rest[place] = (words, _rest.TryGetValue(place, out var known) ? known.Count + 1 : 1);
    }
}
