using System.Collections.Generic;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>What a rule decided over one version: its answer and the line that would make it so.</summary>
internal sealed class Attempt<TAnswer>
{
    private readonly bool _isOutdated;

    public Attempt(TAnswer answer, TaskDraft draft, bool isOutdated = false)
    {
        Answer = answer;
        Draft = draft;
        IsEmpty = draft.Operations.Length == 0 && !isOutdated;
        Line = StoreWriter.Line(draft.Version, draft.Operations, draft.Now, draft.By);
        _isOutdated = isOutdated;
    }

    public TAnswer Answer { get; }

    /// <summary>Nothing is to be written.</summary>
    public bool IsEmpty { get; }

    /// <summary>The line, without its checksum.</summary>
    public ByteBuffer Line { get; }

    /// <summary>The version that it would make; it holds for no other.</summary>
    public long Version => _isOutdated ? -1 : Draft.Version;

    public IReadOnlyCollection<string> ChangedIds => Draft.ChangedIds;

    private TaskDraft Draft { get; }

    /// <summary>The same, to be decided again under the lock whatever the version.</summary>
    public Attempt<TAnswer> Outdated() => new(Answer, Draft, isOutdated: true);
}
