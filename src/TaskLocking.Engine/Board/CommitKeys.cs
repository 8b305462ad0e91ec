using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Board;

/// <summary>
/// What a commit rests on and what it changes, as numbers that a log compares without knowing what they stand for: a commit holds if no
/// line that came between wrote what it read. Two names of one number cost a decision that is made again; a name that is missing would
/// cost a promise. So everything that a line changes is in <see cref="Writes"/>, by what was recorded and not by what a rule says.
/// </summary>
/// <param name="Reads">Null where it rests on more than can be named: then any line that came between voids it.</param>
/// <param name="Writes">Whatever others may rest on.</param>
internal sealed record CommitKeys(IReadOnlyList<long>? Reads, IReadOnlyList<long> Writes)
{
    private static readonly long Agents = Number('a', "");
    private static readonly long Files = Number('f', "");
    private static readonly long Archive = Number('z', "");
    private static readonly long Run = Number('n', "");

    /// <summary>The number of a task, the same in every process, for good: it stands in logs.</summary>
    public static long Task(string id) => Number('t', id);

    /// <summary>The number of a request that names itself.</summary>
    public static long Request(string id) => Number('r', id);

    public static CommitKeys Of(TaskDraft draft)
    {
        // Who closes a parent, begins or completes one has looked at it, not at each of its children.
        var writes = draft.ChangedIds.Union(draft.WidenedFamilies, StringComparer.Ordinal).Select(Task).ToList();
        if (draft.Changes.Changes.Any(change => change is AgentChange or SwarmChange))
            writes.Add(Agents);
        if (draft.Changes.Changes.Any(change => change is LeaseChange))
            writes.Add(Files);
        if (draft.Changes.Changes.Any(change => change is ArchiveChange))
            writes.Add(Archive);
        if (draft.Changes.Changes.Any(change => change is RunChange))
            writes.Add(Run);
        writes.AddRange(draft.Changes.Changes.OfType<RequestChange>().Select(change => Request(change.Key)));
        if (draft.ReadIds is not { } ids)
            return new CommitKeys(null, writes);
        // What it changes it has looked at, whether it says so or not.
        var reads = ids.Union(draft.Witnesses, StringComparer.Ordinal).Select(Task).Union(draft.ReadServed.Select(Request)).Union(writes)
            .ToList();
        if (draft.ReadsAgents && !reads.Contains(Agents))
            reads.Add(Agents);
        if (draft.ReadsFiles && !reads.Contains(Files))
            reads.Add(Files);
        if (draft.ReadsRun && !reads.Contains(Run))
            reads.Add(Run);
        return new CommitKeys(reads, writes);
    }

    private static long Number(char kind, string name) => unchecked((long)TextHash.Of(kind, name));
}
