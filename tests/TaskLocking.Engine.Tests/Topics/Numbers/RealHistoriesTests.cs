using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>
/// A few random histories with git itself, over three working trees and two clones more that meet at a bare repository: what
/// <see cref="NumbersModelTests"/> does a thousand times in memory. Each call of git is a process, so they are few.
/// </summary>
public sealed class RealHistoriesTests : IDisposable
{
    private const int Histories = 2;
    private const int Steps = 30;

    private static readonly TopicRequest Remote = new() { Reserve = TopicReserve.Remote, IsStrict = true };

    private readonly RealRepository _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void No_number_is_there_twice_after_everything_is_merged()
    {
        var seed = Environment.TickCount & 0xfffffff;
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds from {seed}");
        _git.Commit(_git.Main);
        var bare = _git.In("bare.git");
        _git.Git(_git.Main, "clone", "-q", "--bare", _git.Main, bare);
        _git.Git(_git.Main, "remote", "add", "origin", bare);
        string[] trees = [_git.Main, _git.Worktree("one"), _git.Worktree("two"), Clone("second", bare), Clone("third", bare)];
        for (var history = 0; history < Histories; history++)
            Run(new Random(seed + history), trees, $"h{history}");
        foreach (var tree in trees)
            Push(tree);
        _git.Git(_git.Main, "fetch", "-q", "origin");
        foreach (var branch in new[] { "one", "two", "origin/second", "origin/third" })
            _git.Git(_git.Main, "merge", "-q", "--no-edit", branch);
        // "003_h0t7_b" is topic h0t7, whatever it is called now.
        var twice = Names(_git.Main).GroupBy(name => name.Split('_')[0], name => name.Split('_')[1], StringComparer.Ordinal)
            .Where(topics => topics.Distinct(StringComparer.Ordinal).Count() > 1).Select(topics => topics.Key);
        Assert.True(!twice.Any(), $"seed {seed}: {string.Join(' ', twice)} of {string.Join(' ', Names(_git.Main))}");
    }

    private void Run(Random random, string[] trees, string history)
    {
        for (var step = 0; step < Steps; step++)
        {
            var tree = trees[random.Next(trees.Length)];
            var names = Names(tree);
            switch (random.Next(8))
            {
                case < 4:
                    var name = history + "t" + step.ToString(CultureInfo.InvariantCulture);
                    RealRepository.New(tree, name, Remote with { Fetch = random.Next(2) == 0 });
                    break;
                case 4:
                    Push(tree);
                    break;
                case 5:
                    _git.Commit(tree);
                    _git.Git(tree, "fetch", "-q", "origin");
                    var branches = _git.Git(tree, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").Split('\n');
                    _git.Git(tree, "merge", "-q", "--no-edit", branches[random.Next(branches.Length)]);
                    break;
                case 6 when names.Count > 0:
                    Directory.Delete(Path.Combine(tree, "specs", names[random.Next(names.Count)]), recursive: true);
                    break;
                case 7 when names.Count > 0:
                    var old = Path.Combine(tree, "specs", names[random.Next(names.Count)]);
                    if (!Directory.Exists(old + "_b"))
                        Directory.Move(old, old + "_b");
                    break;
            }
        }
    }

    private void Push(string tree)
    {
        _git.Commit(tree);
        _git.Git(tree, "push", "-q", "origin", "HEAD");
    }

    private string Clone(string name, string bare)
    {
        var clone = _git.Clone(name, bare);
        _git.Git(clone, "checkout", "-qb", name);
        Directory.CreateDirectory(Path.Combine(clone, "specs"));
        return clone;
    }

    private static List<string> Names(string tree) => Directory.Exists(Path.Combine(tree, "specs"))
        ? [.. Directory.EnumerateDirectories(Path.Combine(tree, "specs")).Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal)]
        : [];
}
