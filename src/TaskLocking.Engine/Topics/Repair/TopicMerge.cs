using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Topics;

/// <summary>
/// What becomes of a root when a branch is merged: names that either side added are there, what one took away or renamed is gone. The
/// working tree counts as it lies there, committed or not.
/// </summary>
internal sealed class TopicMerge(GitHistory history)
{
    /// <summary>The numbers that would be those of several.</summary>
    /// <param name="own">The entries in the working tree.</param>
    /// <param name="side">A branch or commit.</param>
    /// <exception cref="GitFailure">git does not say.</exception>
    /// <exception cref="TaskLockingException">InvalidArgument: there is no such branch.</exception>
    public IReadOnlyList<TopicCollision> Collisions(IReadOnlyList<TopicEntry> own, string side)
    {
        var commit = history.Commit(side);
        var theirs = new HashSet<string>(history.Names(commit), StringComparer.Ordinal);
        var ours = new HashSet<string>(own.Where(entry => entry.Number >= 0).Select(entry => entry.FileName), StringComparer.Ordinal);
        var start = history.Head() is { } head && history.MergeBase(head, commit) is { } common ? history.Names(common) : [];
        var before = new HashSet<string>(start, StringComparer.Ordinal);
        var merged = ours.Union(theirs, StringComparer.Ordinal)
            .Where(name => !before.Contains(name) || (ours.Contains(name) && theirs.Contains(name)));
        return
        [
            .. from name in merged
               let number = TopicFolderName.NumberOf(name.AsSpan())
               where number >= 0
               group name by number into topics
               let here = topics.Where(ours.Contains).OrderBy(name => name, StringComparer.Ordinal).ToList()
               let there = topics.Where(name => !ours.Contains(name)).OrderBy(name => name, StringComparer.Ordinal).ToList()
               where here.Count > 0 && there.Count > 0
               orderby topics.Key
               select new TopicCollision(topics.Key, here, there, side),
        ];
    }
}
