using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Tests.Topics;

/// <summary>All commits and texts of a model world; every clone has them, its refs say which it knows.</summary>
internal sealed class ModelHistory
{
    private readonly Dictionary<string, ModelCommit> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private int _last;

    public ModelCommit Commit(IReadOnlyList<ModelCommit> parents, IEnumerable<string> names)
    {
        var commit = new ModelCommit(NextId(), parents, names.ToHashSet(StringComparer.Ordinal));
        _commits.Add(commit.Id, commit);
        return commit;
    }

    public ModelCommit? Find(string id) => _commits.GetValueOrDefault(id);

    public string Keep(string text)
    {
        var id = NextId();
        _texts.Add(id, text);
        return id;
    }

    public string? Text(string id) => _texts.GetValueOrDefault(id);

    public static HashSet<ModelCommit> Reachable(IEnumerable<ModelCommit> tips)
    {
        var seen = new HashSet<ModelCommit>();
        var next = new Stack<ModelCommit>(tips);
        while (next.TryPop(out var commit))
        {
            if (seen.Add(commit))
                commit.Parents.ToList().ForEach(next.Push);
        }
        return seen;
    }

    /// <summary>What git makes of two sides that only add and take away.</summary>
    public static IEnumerable<string> Merge(ModelCommit ours, ModelCommit theirs)
    {
        // The newest that both have: ids grow.
        var common = Reachable([ours]);
        common.IntersectWith(Reachable([theirs]));
        var start = common.MaxBy(commit => commit.Id)?.Names;
        return ours.Names.Union(theirs.Names, StringComparer.Ordinal)
            .Where(name => start?.Contains(name) != true || (ours.Names.Contains(name) && theirs.Names.Contains(name)));
    }

    private string NextId() => (++_last).ToString("x40", CultureInfo.InvariantCulture);
}
