using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Tasks;

/// <summary>Tasks in memory, as a store would read them back; it tells how often it was asked.</summary>
internal sealed class MemoryState(params AgentTask[] tasks) : ITaskState, ITaskSources, INameSource, IFamilySource
{
    private readonly List<AgentTask> _tasks = [.. tasks.Select(Scene.Stored)];
    private Dictionary<string, AgentTask>? _byId;
    private LikeIndex? _likes;

    public bool MayHaveParents => _tasks.Exists(task => task.Parent is not null);

    public long Version => 100;

    public int Count => _tasks.Count;

    public IEnumerable<AgentTask> Tasks
    {
        get
        {
            Enumerations++;
            return _tasks;
        }
    }

    public int Enumerations { get; private set; }

    public int Finds { get; private set; }

    public List<AgentProfile> Registered { get; } = [];

    public List<FileLease> Leased { get; } = [];

    public List<SwarmPause> Paused { get; } = [];

    public IReadOnlyCollection<SwarmPause> PausedSwarms => Paused;

    public List<ArchiveSegment> Archived { get; } = [];

    public IReadOnlyList<ArchiveSegment> Archive => Archived;

    public AssignmentRunRecord? LastRun => null;

    public IReadOnlyCollection<AgentProfile> Agents => Registered;

    public IReadOnlyCollection<FileLease> FileLeases => Leased;

    public AgentProfile? FindAgent(string name) => Registered.Find(agent => agent.Name == name);

    public ITaskSource Coming(TaskAdded added, ComingCommit commit) => new ComingTodo(added, commit);

    public NameBook Names => new(_tasks);

    public string? FindIdLike(string id) => (_likes ??= new LikeIndex(_tasks.Select(task => task.Id))).Find(id);

    public string? FindWorkerLike(string name) => LookAlike.FindIn(
        FileLeases.Select(lease => lease.Agent).Concat(_tasks.Select(task => task.Claim?.Agent ?? task.Assignee?.Name).OfType<string>()),
            name);

    public AgentTask? Find(string id)
    {
        Finds++;
        _byId ??= _tasks.ToDictionary(task => task.Id, StringComparer.Ordinal);
        return _byId.GetValueOrDefault(id);
    }

    public void Add(AgentTask task)
    {
        _tasks.Add(task);
        _byId?.Add(task.Id, task);
        _likes?.Add(task.Id);
    }
}
