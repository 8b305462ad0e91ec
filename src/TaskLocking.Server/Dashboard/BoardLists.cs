using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>The lists of the page, of the tasks that a filter shows.</summary>
internal sealed class BoardLists(Utf8JsonWriter writer, BoardFilter filter, IReadOnlyList<AgentTask> tasks)
{
    public const int Few = 8;
    public const int MostNames = 500;
    private const int Most = 100;
    private const int MostWaiting = 25;
    private const int MostNodes = 90;

    private readonly HashSet<string> _shown = tasks.Select(task => task.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>How far all is, and each swarm.</summary>
    public void WriteProgress(IReadOnlyList<AgentTask> ready, IReadOnlyList<SwarmStatus> swarms)
    {
        var free = ready.Where(task => _shown.Contains(task.Id)).ToLookup(task => task.Swarm ?? "", StringComparer.Ordinal);
        writer.WriteStartObject("progress");
        WriteCounts(tasks, free.Sum(each => each.Count()));
        writer.WriteEndObject();
        var paused = swarms.Where(swarm => swarm.IsPaused).ToDictionary(swarm => swarm.Swarm, StringComparer.Ordinal);
        WriteList("swarms", tasks.GroupBy(task => task.Swarm ?? "", StringComparer.Ordinal)
            .OrderBy(swarm => swarm.Key.Length == 0).ThenBy(swarm => swarm.Key, StringComparer.Ordinal).ToList(), Most, swarm =>
        {
            writer.WriteString("swarm", swarm.Key.Length == 0 ? null : swarm.Key);
            var pause = paused.GetValueOrDefault(swarm.Key);
            writer.WriteBoolean("paused", pause is not null);
            writer.WriteString("reason", pause?.Reason);
            WriteCounts([.. swarm], free[swarm.Key].Count());
        });
    }

    /// <summary>What can be taken now, best first.</summary>
    public void WriteReady(IReadOnlyList<AgentTask> ready) =>
        WriteList("ready", ready.Where(task => _shown.Contains(task.Id)).ToList(), Most, task => WriteTask(task));

    /// <summary>What cannot be taken, and is nobody's yet, with the reasons.</summary>
    public void WriteWaiting(TaskBoard board, IReadOnlyList<AgentTask> ready)
    {
        var free = ready.Select(task => task.Id).ToHashSet(StringComparer.Ordinal);
        var waiting = tasks.Where(task => task.Status == AgentTaskStatus.Todo && task.Claim is null && !free.Contains(task.Id))
            .OrderByDescending(task => task.Priority).ToList();
        WriteList("waiting", waiting, MostWaiting, task =>
        {
            WriteTask(task);
            JsonText.Write(writer, "why", Why(board, task.Id));
        });
    }

    /// <summary>Who works on what; what somebody has to see to.</summary>
    public void WriteWork(IReadOnlyList<WorkStatus> work)
    {
        var shown = work.Where(status => _shown.Contains(status.TaskId)).ToList();
        WriteList("running", shown.FindAll(status => status.State <= WorkState.Expired), Most, WriteStatus);
        WriteList("attention", shown.FindAll(status => status.State is not (WorkState.Working or WorkState.Claimed)), Most, WriteStatus);
    }

    /// <summary>What is still to be done and waits, as a graph.</summary>
    public void WriteGraph()
    {
        var graph = new OpenGraph(tasks);
        writer.WriteStartObject("graph");
        writer.WriteNumber("count", graph.Count);
        writer.WriteNumber("open", graph.Tasks);
        JsonText.Write(writer, "critical_path", graph.CriticalPath.Take(Most).ToList());
        writer.WriteNumber("critical_length", graph.CriticalPath.Count);
        JsonText.Write(writer, "nodes", graph.Nodes(MostNodes), (each, task) =>
        {
            each.WriteStartObject();
            each.WriteString("id", task.Id);
            each.WriteString("name", task.Name);
            each.WriteString("status", Status(task));
            each.WriteNumber("column", graph.Column(task.Id));
            JsonText.Write(each, "dependencies", graph.Dependencies(task.Id));
            each.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    /// <summary>Who is registered, and who has tasks without being so.</summary>
    public void WriteAgents(IReadOnlyList<AgentProfile> agents, IReadOnlyList<AssigneeWorkload> loads)
    {
        var known = agents.ToDictionary(agent => (agent.Type, agent.Name));
        var load = loads.ToDictionary(each => (each.Type, each.Name));
        var names = known.Keys.Union(load.Where(each => each.Value.Open > 0).Select(each => each.Key))
            .Where(key => filter.Agent is null || string.Equals(filter.Agent, key.Name, StringComparison.Ordinal))
            .OrderByDescending(key => load.GetValueOrDefault(key)?.Open ?? 0).ThenBy(key => key.Name, StringComparer.Ordinal).ToList();
        WriteList("agents", names, Most, key =>
        {
            var (profile, work) = (known.GetValueOrDefault(key), load.GetValueOrDefault(key));
            writer.WriteString("name", key.Name);
            writer.WriteString("type", key.Type);
            writer.WriteBoolean("registered", profile is not null);
            writer.WriteString("host", profile?.Host);
            JsonText.Write(writer, "capabilities", profile?.Capabilities ?? []);
            writer.WriteNumber("max_tasks", profile?.MaxTasks ?? AgentProfile.DefaultMaxTasks);
            writer.WriteNumber("open", work?.Open ?? 0);
            writer.WriteNumber("in_progress", work?.InProgress ?? 0);
        });
    }

    public void WriteLeases(IReadOnlyList<FileLease> leases)
    {
        var shown = leases.Where(lease => (filter.Agent is null || string.Equals(filter.Agent, lease.Agent, StringComparison.Ordinal))
            && (filter.IsEmpty || lease.TaskId is null || _shown.Contains(lease.TaskId))).ToList();
        WriteList("leases", shown, Most, lease =>
        {
            writer.WriteString("path", lease.Path);
            writer.WriteString("agent", lease.Agent);
            writer.WriteBoolean("shared", lease.IsShared);
            writer.WriteString("since", JsonText.Time(lease.Since));
            writer.WriteString("expires", JsonText.Time(lease.Expires));
            writer.WriteBoolean("by_process", lease.Pid is not null);
            writer.WriteString("task_id", lease.TaskId);
        });
    }

    private void WriteList<T>(string name, IReadOnlyList<T> items, int most, Action<T> write)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", items.Count);
        writer.WriteStartArray("items");
        foreach (var item in items.Take(most))
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteCounts(IReadOnlyList<AgentTask> counted, int ready)
    {
        var counts = counted.GroupBy(Status, StringComparer.Ordinal)
            .ToDictionary(each => each.Key, each => each.Count(), StringComparer.Ordinal);
        var total = counted.Count - counts.GetValueOrDefault("cancelled");
        var done = counts.GetValueOrDefault("done");
        writer.WriteNumber("percent", total == 0 ? 0 : Math.Floor(1000.0 * done / total) / 10);
        writer.WriteNumber("total", total);
        foreach (var status in new[] { "done", "in_progress", "review", "todo", "blocked", "failed", "cancelled", "unknown" })
            writer.WriteNumber(status, counts.GetValueOrDefault(status));
        writer.WriteNumber("ready", ready);
    }

    private void WriteTask(AgentTask task)
    {
        writer.WriteString("id", task.Id);
        writer.WriteString("name", task.Name);
        writer.WriteString("status", Status(task));
        writer.WriteString("priority", task.Priority.ToString().ToLowerInvariant());
        writer.WriteString("swarm", task.Swarm);
        writer.WriteString("assignee", task.Assignee?.ToString());
        writer.WriteString("created", JsonText.Time(task.Created));
        JsonText.Write(writer, "requires", task.Requires);
    }

    private void WriteStatus(WorkStatus status)
    {
        WriteTask(status.Task);
        writer.WriteString("state", status.State.ToString().ToLowerInvariant());
        writer.WriteString("agent", status.Agent);
        writer.WriteString("since", JsonText.Time(status.Since));
        writer.WriteString("expires", JsonText.Time(status.Task.Claim?.Expires));
        writer.WriteBoolean("by_process", status.Task.Claim?.Pid is not null);
        if (status.IsAlive is { } lives)
            writer.WriteBoolean("alive", lives);
        writer.WriteString("why", status.Why);
        writer.WriteString("root", status.Task.BlockedBy?.Root);
        writer.WriteString("failure", status.Task.Failure?.Reason);
        writer.WriteNumber("attempt", status.Task.Attempt);
        writer.WriteNumber("max_attempt", status.Task.MaxAttempt);
    }

    // A task that has gone since is no fault of the page.
    private static List<string> Why(TaskBoard board, string id)
    {
        try
        {
            return board.Explain(id).Reasons.Select(reason => reason.Message).Take(Few).ToList();
        }
        catch (TaskLockingException)
        {
            return [];
        }
    }

    private static string Status(AgentTask task) => JsonNamingPolicy.SnakeCaseLower.ConvertName(task.Status.ToString());
}
