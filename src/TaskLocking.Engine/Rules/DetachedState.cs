using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>A state whose graph nobody else asks: a preview changes its own, while other threads read the state.</summary>
internal sealed class DetachedState(ITaskState state) : ITaskState, IFamilySource
{
    public long Version => state.Version;

    public bool MayHaveParents => state is not IFamilySource { MayHaveParents: false };

    public int Count => state.Count;

    public IEnumerable<AgentTask> Tasks => state.Tasks;

    public IReadOnlyCollection<AgentProfile> Agents => state.Agents;

    public IReadOnlyCollection<FileLease> FileLeases => state.FileLeases;

    public IReadOnlyCollection<SwarmPause> PausedSwarms => state.PausedSwarms;

    public IReadOnlyList<ArchiveSegment> Archive => state.Archive;

    public AssignmentRunRecord? LastRun => state.LastRun;

    public AgentTask? Find(string id) => state.Find(id);

    public AgentProfile? FindAgent(string name) => state.FindAgent(name);
}
