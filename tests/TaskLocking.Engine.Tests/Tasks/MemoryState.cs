using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tasks;

namespace TaskLocking.Tests.Tasks;

/// <summary>Tasks in memory, which tells how often it was asked.</summary>
internal sealed class MemoryState(params AgentTask[] tasks) : ITaskState
{
    private readonly Dictionary<string, AgentTask> _byId = tasks.ToDictionary(task => task.Id, StringComparer.Ordinal);

    public long Version => 100;

    public int Count => tasks.Length;

    public IEnumerable<AgentTask> Tasks
    {
        get
        {
            Enumerations++;
            return tasks;
        }
    }

    public int Enumerations { get; private set; }

    public int Finds { get; private set; }

    public AgentTask? Find(string id)
    {
        Finds++;
        return _byId.GetValueOrDefault(id);
    }

    public void Add(AgentTask task) => _byId.Add(task.Id, task);
}
