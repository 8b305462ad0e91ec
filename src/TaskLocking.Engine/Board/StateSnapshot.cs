using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// The state at one version, for readers that work on while the store goes on. What it is made of is shared with the store and therefore
/// not public: a shell calls the public members of a type that is not.
/// </summary>
internal sealed class StateSnapshot(long version, IReadOnlyList<TodoEntry> entries, IReadOnlyDictionary<string, int> index,
    long? nextTaskNumber, StateRecords records) : ITaskState, IGraphSource, IFamilySource, IStuckSource
{
    private sbyte _mayHaveParents; // 0 as long as nobody has asked; one byte, which nobody sees half
    private TaskGraph? _graph;
    private IReadOnlyList<StuckTask>? _stuck;

    public long Version => version;

    public int Count => index.Count;

    internal long? NextTaskNumber => nextTaskNumber;

    internal IReadOnlyList<TodoEntry> Entries => entries;

    public IEnumerable<AgentTask> Tasks => entries.Where(entry => entry.IsAddressable).Select(entry => entry.Task);

    public AgentTask? Find(string id) => FindEntry(id)?.Task;

    public IReadOnlyCollection<AgentProfile> Agents => records.Agents;

    public AgentProfile? FindAgent(string name) => records.FindAgent(name);

    public IReadOnlyCollection<FileLease> FileLeases => records.Files;

    public IReadOnlyList<ArchiveSegment> Archive => records.Archive;

    public AssignmentRunRecord? LastRun => records.LastRun;

    public IReadOnlyCollection<SwarmPause> PausedSwarms => records.Swarms;

    bool IFamilySource.MayHaveParents
    {
        get
        {
            if (_mayHaveParents == 0)
                _mayHaveParents = (sbyte)(TodoEntry.AnyMentionsParent(entries) ? 1 : -1);
            return _mayHaveParents > 0;
        }
    }

    TaskGraph IGraphSource.Graph => LazyInitializer.EnsureInitialized(ref _graph, () => new TaskGraph(Tasks))!;

    IReadOnlyList<StuckTask> IStuckSource.Stuck =>
        LazyInitializer.EnsureInitialized(ref _stuck, () => StuckQuery.All(this, ((IGraphSource)this).Graph))!;

    internal TodoEntry? FindEntry(string id) => index.TryGetValue(id, out var at) ? entries[at] : null;
}
