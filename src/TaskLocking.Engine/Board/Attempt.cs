using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// What a rule decided over one version: its answer and the line that would make it so. The line is put together when the decision is
/// made, which is mostly before the lock; under it only the version may be another.
/// </summary>
internal sealed class Attempt<TAnswer> : IAttempt
{
    private const int AboutChange = 512; // of a line, in bytes

    private readonly TaskDraft _draft;
    private readonly long _decidedOn;
    private readonly ByteBuffer? _line; // with the version that it was last asked for, or decided for
    private readonly int _head; // of its bytes, before the operations
    private readonly int _length; // without a checksum
    private readonly EncodedChange[] _encoded = [];

    /// <param name="answer">What the rule answered.</param>
    /// <param name="draft">What it recorded.</param>
    public Attempt(TAnswer answer, TaskDraft draft)
    {
        _draft = draft;
        _decidedOn = draft.Version - 1;
        Answer = answer;
        var changes = draft.Changes.Changes.Count;
        IsEmpty = changes == 0 && draft.Above == 0;
        if (IsEmpty)
            return;
        _line = JournalLine.Begin(draft.Version, draft.Now, draft.By, changes == 1, AboutChange * (changes + 1));
        _head = _line.Length;
        _encoded = ChangeSetCodec.Write(_line, draft.Changes);
        _line.Write("]"u8);
        _length = _line.Length;
    }

    public TAnswer Answer { get; }

    /// <summary>Nothing is to be written.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whoever hears the answer relies on no commit, so none has to last for it.</summary>
    public bool RestsOnNothing => IsEmpty && _draft.RestsOnNothing;

    /// <summary>The answer was given before.</summary>
    public bool IsReplay => _draft.IsReplay;

    /// <summary>It takes what it found to be the first of many, and takes another where that is gone.</summary>
    public bool IsOneOfMany => _draft.HasAsked;

    /// <summary>Whether a state to which it is applied can be brought back to what it was.</summary>
    public bool CanBeTried => Above == 0 && !_draft.Changes.Changes.Any(change => change is TaskRemoved);

    /// <summary>About the bytes of its line.</summary>
    public int Length => _length;

    public IReadOnlyCollection<string> ChangedIds => _draft.ChangedIds;

    /// <summary>
    /// What nobody else may hold meanwhile: the tasks that it changes, and the parts of the archive that it names, by
    /// <see cref="ArchivePart"/>.
    /// </summary>
    public IReadOnlyCollection<string> HeldNames =>
        ArchivePart.NamedBy(_draft.Changes) is { } parts ? [.. ChangedIds, .. parts] : ChangedIds;

    /// <summary>What it rests on and what it changes, by names that a log can compare without knowing any task.</summary>
    public CommitKeys Keys() => CommitKeys.Of(_draft);

    /// <summary>Whether it changes this task because it was the best of several.</summary>
    public bool HasChosen(string id) => _draft.HasChosen(id);

    /// <summary>The lapsed leases that it takes away.</summary>
    public IReadOnlyList<MaintenanceItem> Ended => _draft.Ended;

    /// <summary>The version that it makes, if it is written now.</summary>
    public long Version => _draft.Version;

    /// <summary>No version up to this one is to be given out by it or after it.</summary>
    public long Above => _draft.Above;

    /// <summary>Whether the decision stands on this state.</summary>
    public bool HoldsOn(BoardState state) =>
        _decidedOn >= state.JumpedTo && ((state.Version == _decidedOn && _draft.IsOver(state)) || _draft.HoldsOn(state));

    /// <summary>
    /// The line that makes it so as the next commit of the state, without its checksum; good until the next call. Not to be asked for where
    /// nothing is to be written.
    /// </summary>
    public ByteBuffer LineFor(BoardState state)
    {
        _draft.SetVersion(state.Version + 1);
        _line!.CutTo(_length);
        return JournalLine.TrySetVersion(_line, Version) ? _line
            : JournalLine.Of(Version, _line.Written[_head..^1], _draft.Now, _draft.By, _draft.Changes.Changes.Count == 1);
    }

    /// <summary>Applies the commit to the state, when the line that was made for that is written.</summary>
    public void ApplyTo(BoardState state, ByteBuffer line)
    {
        if (line == _line)
        {
            state.ApplyOwn(_draft.Changes, line.WrittenMemory, _encoded);
        }
        else
        {
            state.Apply(line.WrittenMemory);
            state.Measure(ChangedIds);
        }
        LongTodos = state.TakeLong();
    }

    /// <summary>The todos that it has left long, once it was applied.</summary>
    public IReadOnlyList<LongTodo> LongTodos { get; private set; } = [];
}
