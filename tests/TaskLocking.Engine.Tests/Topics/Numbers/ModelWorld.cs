using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Repositories;
using TaskLocking.Topics;

namespace TaskLocking.Tests.Topics;

/// <summary>
/// A repository with three working trees, two clones more and the server between them, in which random things happen: topics are made,
/// committed, merged, renamed, deleted, pushed, fetched, and also while somebody else is about to take a number.
/// </summary>
internal sealed class ModelWorld : IDisposable
{
    private readonly Random _random;
    private readonly ModelFault _fault;
    private readonly GitScene _scene = new();
    private readonly ModelHistory _history = new();
    private readonly Dictionary<string, string> _server = new(StringComparer.Ordinal);
    private readonly List<ModelTree> _trees = [];
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private int _topics;
    private bool _isNested;

    public ModelWorld(int seed, ModelFault fault = ModelFault.None)
    {
        _random = new Random(seed);
        _fault = fault;
        var main = Tree(_scene.Repository("main"), null, "main");
        Tree(GitScene.Link(_scene.In("main", ".git"), _scene.In("one")), main.Clone, "one");
        Tree(GitScene.Link(_scene.In("main", ".git"), _scene.In("two")), main.Clone, "two");
        Tree(_scene.Repository("second"), null, "second");
        Tree(_scene.Repository("third"), null, "third");
    }

    public List<string> Log { get; } = [];

    /// <summary>Numbers that two topics have after a merge although nobody was warned.</summary>
    public List<string> Twice { get; } = [];

    public ModelWorld Run(int steps)
    {
        for (var step = 0; step < steps && Twice.Count == 0; step++)
            Step(_trees[_random.Next(_trees.Count)]);
        // In the end everything meets.
        foreach (var tree in _trees)
        {
            tree.Commit();
            Push(tree);
        }
        foreach (var tree in _trees.Skip(1).Where(_ => Twice.Count == 0))
            Merge(_trees[0], tree.Head!);
        return this;
    }

    public void Dispose() => _scene.Dispose();

    private ModelTree Tree(string top, ModelClone? clone, string branch)
    {
        clone ??= new ModelClone(_history, _server, TopicPlace.Of(Path.Combine(top, "specs"))!)
        {
            PushesBlindly = _fault == ModelFault.PushesBlindly,
        };
        _trees.Add(new ModelTree(top, clone, _history, branch));
        return _trees[^1];
    }

    private void Step(ModelTree tree)
    {
        switch (_random.Next(12))
        {
            case < 5:
                New(tree);
                break;
            case 5 or 6:
                tree.Commit();
                break;
            case 7:
                Push(tree);
                break;
            case 8:
                Merge(tree, Other(tree));
                break;
            case 9 when tree.Names() is { Count: > 0 } names:
                tree.Delete(names[_random.Next(names.Count)]);
                break;
            case 10 when tree.Names() is { Count: > 0 } names:
                var name = names[_random.Next(names.Count)];
                // Another name, the same topic.
                if (!Directory.Exists(Path.Combine(tree.Root, name + "_b")))
                    tree.Rename(name, name + "_b");
                break;
            case 11:
                if (_random.Next(4) == 0 && Other(tree) is { } other)
                    tree.Reset(other);
                break;
        }
    }

    private void New(ModelTree tree)
    {
        var name = "t" + (++_topics).ToString(CultureInfo.InvariantCulture);
        tree.Clone.IsOnline = _random.Next(8) != 0;
        if (!_isNested)
        {
            tree.Clone.Before = () =>
            {
                // Somebody of another clone is faster; those of this one are kept out by the lock.
                if (_isNested || _random.Next(4) != 0)
                    return;
                _isNested = true;
                var others = _trees.Where(other => other.Clone != tree.Clone).ToList();
                New(others[_random.Next(others.Count)]);
                _isNested = false;
            };
        }
        // Who knows of his own folder alone knows of no remote either.
        var reserve = _fault == ModelFault.OwnTreeOnly ? TopicReserve.Local : TopicReserve.Remote;
        var request = new TopicRequest { Reserve = reserve, Fetch = _random.Next(2) == 0 };
        var made = tree.New(name, request, Repository(tree), out var isWarned)[0];
        tree.Clone.IsOnline = true;
        if (isWarned)
            _warned.Add(name);
        Log.Add($"new {made.Number}_{name} in {tree.Branch}{(isWarned ? " (warned)" : "")}");
    }

    private Func<string, TopicRepository> Repository(ModelTree tree) => root =>
        _fault == ModelFault.OwnTreeOnly ? TopicRepository.None(root) : new TopicRepository(root, (_, _) => tree.Clone);

    private void Push(ModelTree tree)
    {
        if (tree.Head is { } head)
            _server["refs/heads/" + tree.Branch] = head.Id;
    }

    private ModelCommit? Other(ModelTree tree)
    {
        if (_random.Next(2) == 0)
            tree.Clone.Fetch("origin", branches: true);
        var others = tree.Clone.OwnRefs.Values.Select(_history.Find).OfType<ModelCommit>().ToList();
        return others.Count == 0 ? null : others[_random.Next(others.Count)];
    }

    private void Merge(ModelTree tree, ModelCommit? other)
    {
        if (other is null)
            return;
        tree.Merge(other);
        Log.Add($"merge into {tree.Branch}: {string.Join(' ', tree.Names())}");
        // "003_t7_b" is topic t7, whatever it is called now.
        foreach (var number in tree.Names().GroupBy(name => name.Split('_')[0], name => name.Split('_')[1], StringComparer.Ordinal))
        {
            var topics = number.Distinct(StringComparer.Ordinal).ToList();
            if (topics.Count > 1 && topics.Count(topic => !_warned.Contains(topic)) > 1)
                Twice.Add($"{number.Key}: {string.Join(", ", topics)}");
        }
    }
}
