using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// What a rule changes, in the order in which it does: values, no bytes. Each change has what was before and what is after, so that the
/// state before with all of them in it is the state after, whoever puts them in: a draft, or a store that reads them back.
/// </summary>
internal sealed class ChangeSet(ComingCommit commit)
{
    private readonly List<StateChange> _changes = [];

    public ComingCommit Commit => commit;

    public IReadOnlyList<StateChange> Changes => _changes;

    public void Add(StateChange change) => _changes.Add(change);
}
