using System.Collections.Generic;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>What a rule decided over one version: its answer and the line that would make it so.</summary>
internal sealed class Attempt<TAnswer>(TAnswer answer, TaskDraft draft)
{
    public TAnswer Answer => answer;

    /// <summary>Nothing is to be written.</summary>
    public bool IsEmpty { get; } = draft.Operations.Length == 0;

    /// <summary>The line, without its checksum.</summary>
    public ByteBuffer Line { get; } = StoreWriter.Line(draft.Version, draft.Operations, draft.Now, draft.By);

    /// <summary>The version that it would make; it holds for no other.</summary>
    public long Version => draft.Version;

    public IReadOnlyCollection<string> ChangedIds => draft.ChangedIds;
}
