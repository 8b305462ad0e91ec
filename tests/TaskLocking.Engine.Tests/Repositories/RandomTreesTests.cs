using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>
/// Random repositories in one another, bare ones, submodules and worktrees, with boards here and there: what every folder of them means is
/// told by a model that knows how they were made and reads nothing. <c>TASKLOCKING_TREES_SEED</c> repeats one.
/// </summary>
public sealed class RandomTreesTests
{
    private const int Rounds = 60;
    private const int Steps = 30;

    [Fact]
    public void Every_folder_means_the_board_that_a_simple_model_says()
    {
        var seed = Surroundings.Setting("TASKLOCKING_TREES_SEED") ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var scene = new GitScene();
            var world = new World(scene, random);
            for (var step = 0; step < Steps; step++)
                world.Step();
            foreach (var folder in world.Folders)
                Assert.True(world.Expected(folder) is var expected && expected == WorkspacePath.Find(null, folder),
                    $"seed {seed}, round {round}: from {folder} expected {expected}, found {WorkspacePath.Find(null, folder)}\n{world}");
        }
    }

    private sealed class World(GitScene scene, Random random)
    {
        private readonly Dictionary<string, string?> _tops = []; // a tree's top, and the main place of a linked one
        private readonly HashSet<string> _boards = [];
        private readonly List<string> _commons = [];
        private readonly List<string> _told = [];
        private int _number;

        public List<string> Folders { get; } = [scene.Root];

        public override string ToString() => string.Join("\n", _told);

        public void Step()
        {
            switch (random.Next(7))
            {
                case 0 or 1:
                    Folders.Add(Directory.CreateDirectory(Fresh()).FullName);
                    break;
                case 2:
                    var top = scene.Repository(Path.GetRelativePath(scene.Root, Fresh()));
                    Add(top, null, Path.Combine(top, ".git"), "repository");
                    break;
                case 3:
                    var bare = scene.Bare(Path.GetRelativePath(scene.Root, Fresh() + ".git"));
                    _commons.Add(bare);
                    _told.Add("bare " + bare);
                    break;
                case 4 when _commons.Count > 0:
                    var common = _commons[random.Next(_commons.Count)];
                    var main = Path.GetFileName(common) == ".git" ? Path.GetDirectoryName(common)! : MainOfModule(common) ?? common;
                    Add(GitScene.Link(common, Fresh(), random.Next(2) == 0), main, null, "worktree of " + common);
                    break;
                case 5 when _tops.Where(tree => tree.Value is null && Directory.Exists(Path.Combine(tree.Key, ".git")))
                    .Select(tree => tree.Key).ToList() is { Count: > 0 } supers:
                    var super = supers[random.Next(supers.Count)];
                    var name = "m" + _number++;
                    Add(GitScene.Submodule(super, name), null, Path.Combine(super, ".git", "modules", name), "submodule");
                    break;
                default:
                    var folder = Any();
                    // Of a worktree only the copy that came with it: another would be refused.
                    GitScene.Board(folder, isLiving: TreeOf(folder) is not { } tree || _tops[tree] is null);
                    _boards.Add(folder);
                    _told.Add("board " + folder);
                    break;
            }
        }

        public string Expected(string folder)
        {
            if (TreeOf(folder) is not { } top)
                return Upward(folder, null) ?? folder;
            if (_tops[top] is not { } main)
                return Upward(folder, top) ?? top;
            var part = main + folder[top.Length..];
            while (!Directory.Exists(part))
                part = Path.GetDirectoryName(part)!;
            return Upward(part, main) ?? main;
        }

        private string? Upward(string folder, string? top)
        {
            for (var place = folder; place is not null; place = place == top ? null : Path.GetDirectoryName(place))
            {
                if (_boards.Contains(place))
                    return place;
            }
            return null;
        }

        private string? TreeOf(string folder)
        {
            for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
            {
                if (_tops.ContainsKey(place))
                    return place;
            }
            return null;
        }

        private static string? MainOfModule(string common) => common.Contains("/.git/modules/", StringComparison.Ordinal)
            ? common.Replace("/.git/modules/", "/", StringComparison.Ordinal)
            : null;

        private string Any() => Folders[random.Next(Folders.Count)];

        private string Fresh() => Path.Combine(Any(), "f" + _number++);

        private void Add(string top, string? main, string? common, string what)
        {
            _tops.Add(top, main);
            Folders.Add(top);
            if (common is not null)
                _commons.Add(common);
            _told.Add($"{what} {top}");
        }
    }
}
