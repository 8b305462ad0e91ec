using System.Collections.Generic;
using TaskLocking.Automation;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>What a rule decided over one version: its answer and the line that would make it so.</summary>
internal sealed class Attempt<TAnswer>(TAnswer answer, TaskDraft draft)
{
    private readonly long _decidedOn = draft.Version - 1;

    public TAnswer Answer => answer;

    /// <summary>Nothing is to be written.</summary>
    public bool IsEmpty { get; } = draft.Operations.Length == 0 && draft.Above == 0;

    public IReadOnlyCollection<string> ChangedIds => draft.ChangedIds;

    /// <summary>The lapsed leases that it takes away.</summary>
    public IReadOnlyList<MaintenanceItem> Ended => draft.Ended;

    /// <summary>The version that it makes, if it is written now.</summary>
    public long Version => draft.Version;

    /// <summary>No version up to this one is to be given out by it or after it.</summary>
    public long Above => draft.Above;

    /// <summary>Whether the decision stands on this state.</summary>
    public bool HoldsOn(BoardState state) => (state.Version == _decidedOn && draft.IsOver(state)) || draft.HoldsOn(state);

    /// <summary>The line that makes it so as the next commit of the state, without its checksum.</summary>
    public ByteBuffer LineFor(BoardState state)
    {
        draft.SetVersion(state.Version + 1);
        return StoreWriter.Line(draft.Version, draft.Operations, draft.Now, draft.By, draft.HasOneOperation);
    }
}
