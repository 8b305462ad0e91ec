using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Topics;

namespace TaskLocking.Tests.Topics;

/// <summary>
/// A clone in memory: what <see cref="TopicGit"/> has git do, done to a dictionary of refs. The tests with git itself see to it that git
/// does the same.
/// </summary>
internal sealed class ModelClone(ModelHistory history, Dictionary<string, string> server, TopicPlace place) : ITopicGit
{
    public Dictionary<string, string> OwnRefs { get; } = new(StringComparer.Ordinal);

    public bool IsOnline { get; set; } = true;

    /// <summary>Whether a push looks at nothing: a planted fault.</summary>
    public bool PushesBlindly { get; init; }

    /// <summary>Called between what was seen and what is decided by it.</summary>
    public Action? Before { get; set; }

    public IReadOnlyList<GitRef> Refs() => [.. OwnRefs.Select(each => new GitRef(each.Key, each.Value))];

    public IReadOnlyCollection<string> Added(IReadOnlyCollection<string> tips, IReadOnlyCollection<string> known)
    {
        var old = ModelHistory.Reachable(Commits(known));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var commit in ModelHistory.Reachable(Commits(tips)).Where(commit => !old.Contains(commit)))
        {
            if (commit.Parents.Count == 0)
                names.UnionWith(commit.Names);
            foreach (var parent in commit.Parents)
                names.UnionWith(commit.Names.Except(parent.Names));
        }
        return names;
    }

    public GitRef? Holder(IReadOnlyList<GitRef> refs, string name) =>
        refs.FirstOrDefault(each => history.Find(each.Object)?.Names.Contains(name) == true);

    public string Write(string text) => history.Keep(text);

    public IReadOnlyDictionary<string, string> Read(IReadOnlyCollection<string> objects) =>
        objects.Where(id => history.Text(id) is not null).ToDictionary(id => id, id => history.Text(id)!, StringComparer.Ordinal);

    public bool Create(IReadOnlyList<string> refs, string target)
    {
        Before?.Invoke();
        return TryAdd(OwnRefs, refs, target);
    }

    public void Delete(IReadOnlyList<string> refs, string target) => Remove(OwnRefs, refs, target);

    public IReadOnlyList<string> Remotes() => ["origin"];

    public void Fetch(string remote, bool branches)
    {
        Reach();
        foreach (var (name, target) in server.ToList())
        {
            if (branches && name.StartsWith("refs/heads/", StringComparison.Ordinal))
                OwnRefs[name.Replace("refs/heads/", "refs/remotes/origin/")] = target;
            else if (name.StartsWith(place.RefPrefix, StringComparison.Ordinal))
                OwnRefs[name.Replace("refs/tasklock/topics/", TopicPlace.TrackedPrefix + "origin/")] = target;
        }
    }

    public IReadOnlyList<GitRef> Reserved(string remote)
    {
        Reach();
        return [.. server.Where(each => each.Key.StartsWith(place.RefPrefix, StringComparison.Ordinal))
            .Select(each => new GitRef(each.Key, each.Value))];
    }

    public bool Push(string remote, IReadOnlyList<string> refs, string target)
    {
        Reach();
        Before?.Invoke();
        if (!PushesBlindly)
            return TryAdd(server, refs, target);
        foreach (var name in refs)
            server[name] = target;
        return true;
    }

    public void Withdraw(string remote, IReadOnlyList<string> refs, string target) => Remove(server, refs, target);

    private IEnumerable<ModelCommit> Commits(IEnumerable<string> ids) => ids.Select(history.Find).OfType<ModelCommit>();

    private void Reach()
    {
        if (!IsOnline)
            throw new GitFailure("nobody answers");
    }

    private static bool TryAdd(Dictionary<string, string> all, IReadOnlyList<string> refs, string target)
    {
        if (refs.Any(all.ContainsKey))
            return false;
        foreach (var name in refs)
            all.Add(name, target);
        return true;
    }

    private static void Remove(Dictionary<string, string> all, IReadOnlyList<string> refs, string target)
    {
        foreach (var name in refs.Where(name => all.GetValueOrDefault(name) == target))
            all.Remove(name);
    }
}
