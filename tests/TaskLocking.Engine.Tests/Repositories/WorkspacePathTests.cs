using System;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>One board a repository: which folder every place in and around repositories means.</summary>
public sealed class WorkspacePathTests : IDisposable
{
    private readonly GitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Outside_of_repositories_the_nearest_upward_counts_else_here()
    {
        var deep = _scene.Folder("a", "b", "c");
        Assert.Equal(deep, Find(deep));
        GitScene.Board(_scene.In("a"));
        Assert.Equal(_scene.In("a"), Find(deep));
    }

    [Fact]
    public void In_a_repository_none_above_it_counts_and_its_top_is_where_one_is_begun()
    {
        GitScene.Board(_scene.Root);
        var top = _scene.Repository("outer");
        Assert.Equal(top, Find(_scene.Folder("outer", "src", "deep")));
        GitScene.Board(_scene.In("outer", "src"));
        Assert.Equal(_scene.In("outer", "src"), Find(_scene.In("outer", "src", "deep")));
        Assert.Equal(top, Find(top));
    }

    [Fact]
    public void A_repository_in_another_and_a_submodule_have_their_own()
    {
        var outer = _scene.Repository("outer");
        GitScene.Board(outer);
        var inner = _scene.Repository("outer", "vendor", "inner");
        Assert.Equal(inner, Find(_scene.Folder("outer", "vendor", "inner", "src")));
        Assert.Equal(outer, Find(_scene.In("outer", "vendor")));
        var module = GitScene.Submodule(outer, "module");
        Assert.Equal(module, Find(module));
        // And its worktrees are the submodule's.
        var tree = GitScene.Link(Path.Combine(outer, ".git", "modules", "module"), _scene.In("module-tree"));
        Assert.Equal(module, Find(tree));
    }

    [Fact]
    public void A_folder_that_is_called_like_one_is_no_repository()
    {
        GitScene.Board(_scene.Root);
        _scene.Folder("plain", ".git");
        Assert.Equal(_scene.Root, Find(_scene.In("plain")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of git's\n")]
    [InlineData("gitdir:\n")]
    [InlineData("gitdir: \n")]
    [InlineData("gitdir: nowhere\n")]
    [InlineData("gitdir: a\0b\n")]
    [InlineData(null)]
    public void A_file_of_git_that_leads_nowhere_is_refused_and_no_board_above_it_is_taken(string? text)
    {
        GitScene.Board(_scene.Root);
        File.WriteAllText(Path.Combine(_scene.Folder("file"), ".git"), text ?? "gitdir: " + new string('x', 100_000));
        Assert.Equal(RefusalCode.StoreUnavailable, Refusal(_scene.Folder("file", "src")).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("../../gone\n")]
    public void A_worktree_whose_common_folder_is_not_told_is_refused(string? text)
    {
        _scene.Repository("main");
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("main", "one"));
        var common = Path.Combine(Directory.GetDirectories(_scene.In("main", ".git", "worktrees"))[0], "commondir");
        File.Delete(common);
        if (text is not null)
            File.WriteAllText(common, text);
        Assert.Equal(RefusalCode.StoreUnavailable, Refusal(tree).Code);
    }

    [Fact]
    public void A_submodule_that_does_not_name_its_tree_is_one_of_its_own()
    {
        var module = GitScene.Submodule(_scene.Repository("outer"), "module");
        File.WriteAllText(_scene.In("outer", ".git", "modules", "module", "config"), "[core]\n\tbare = false\n");
        Assert.Equal(module, Find(module));
    }

    [Fact]
    public void A_slash_behind_the_git_directory_does_not_count()
    {
        var main = _scene.Repository("main");
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        var dot = Path.Combine(tree, ".git");
        File.WriteAllText(dot, File.ReadAllText(dot).TrimEnd() + "/\n");
        Assert.Equal(main, Find(tree));
    }

    [Fact]
    public void A_git_directory_that_does_not_know_its_tree_has_the_board_of_all()
    {
        var main = _scene.Folder("main");
        var common = _scene.Bare("gd");
        File.WriteAllText(Path.Combine(common, "config"), "[core]\n\tbare = false\n");
        File.WriteAllText(Path.Combine(main, ".git"), "gitdir: ../gd\n");
        var tree = GitScene.Link(common, _scene.In("one"));
        Assert.Equal((common, common, common), (Find(main), Find(_scene.Folder("main", "src")), Find(tree)));
        GitScene.Board(common);
        Assert.Equal((common, common, common), (Find(main), Find(tree), Find(_scene.In("one"))));
        // Another that lives in the main tree is not passed over in silence.
        GitScene.Board(main);
        Assert.Equal(RefusalCode.SeparateStore, Refusal(main).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_board_that_was_begun_before_the_git_directory_went_elsewhere_stays_that_of_all(bool isBare)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        var main = _scene.Repository("main");
        using (var board = TaskBoard.Open(main))
            board.Define([new TaskDefinition("A")]);
        if (isBare)
            File.WriteAllText(_scene.In("main", ".git", "config"), "[core]\n\tbare = true\n");
        Directory.Move(_scene.In("main", ".git"), _scene.In("gd"));
        Directory.CreateSymbolicLink(_scene.In("main", ".git"), _scene.In("gd"));
        Assert.Equal((main, main), (Find(main), Find(GitScene.Link(_scene.In("gd"), _scene.In("one")))));
        // A copy of the git directory has a tree of its own.
        Directory.Move(_scene.In("gd"), _scene.In("gd2"));
        Directory.CreateDirectory(_scene.In("gd"));
        Assert.Equal(_scene.In("gd2"), Find(GitScene.Link(_scene.In("gd2"), _scene.In("two"))));
    }

    [Fact]
    public void A_git_directory_behind_a_link_has_the_board_of_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        var main = _scene.Repository("main");
        Directory.Move(_scene.In("main", ".git"), _scene.In("gd"));
        Directory.CreateSymbolicLink(_scene.In("main", ".git"), _scene.In("gd"));
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        Assert.Equal((_scene.In("gd"), _scene.In("gd")), (Find(main), Find(tree)));
    }

    [Theory]
    [InlineData(".bare")]
    [InlineData(".git")]
    public void Around_a_bare_repository_its_board_is_meant_as_in_its_worktrees(string name)
    {
        var bare = _scene.Bare("layout", name);
        if (name != ".git")
            File.WriteAllText(_scene.In("layout", ".git"), "gitdir: ./.bare\n");
        var tree = GitScene.Link(bare, _scene.In("layout", "one"));
        Assert.Equal((bare, bare), (Find(_scene.In("layout")), Find(tree)));
        GitScene.Board(bare);
        Assert.Equal((bare, bare, bare), (Find(_scene.In("layout")), Find(tree), Find(bare)));
    }

    [Theory]
    [InlineData("bare = 2", true)]
    [InlineData("bare = -1", true)]
    [InlineData("bare = 0x1", true)]
    [InlineData("bare = 1k", true)]
    [InlineData("bare = 0x0", false)]
    [InlineData("bare = 0", false)]
    [InlineData("bare =", false)]
    [InlineData("bare = tr\\\nue", true)]
    [InlineData("name = a \\\n bare = true", false)]
    [InlineData("name = a \\\\\n bare = true", true)]
    public void Settings_are_read_as_git_reads_them(string line, bool isBare)
    {
        var main = _scene.Repository("main");
        File.WriteAllText(_scene.In("main", ".git", "config"), "[core]\n\t" + line + "\n");
        Assert.Equal(isBare ? _scene.In("main", ".git") : main, Find(main));
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("device")]
    [InlineData("sparse")]
    public void Settings_without_an_end_are_not_read(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are none of these.");
        var main = _scene.Repository("main");
        var config = _scene.In("main", ".git", "config");
        File.Delete(config);
        if (kind == "fifo")
            System.Diagnostics.Process.Start("mkfifo", [config]).WaitForExit();
        else if (kind == "device")
            File.CreateSymbolicLink(config, "/dev/zero");
        else
            using (var file = File.Create(config))
                file.SetLength(2L << 30);
        Assert.Equal((main, main), (Find(main), Find(GitScene.Link(_scene.In("main", ".git"), _scene.In("one")))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_linked_worktree_means_the_main_one(bool relative)
    {
        var main = _scene.Repository("main");
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("trees", "one"), relative);
        Assert.Equal(main, Find(tree));
        var inside = GitScene.Link(_scene.In("main", ".git"), _scene.In("main", ".trees", "two"), relative);
        Assert.Equal(main, Find(Directory.CreateDirectory(Path.Combine(inside, "src")).FullName));
        // Its own document came with the checkout: a copy, and named.
        GitScene.Board(tree, isLiving: false);
        var place = WorkspacePath.Locate(null, () => tree);
        Assert.Equal((main, Path.Combine(tree, ".todo2")), (place.Folder, place.Copy));
        Assert.Contains(tree, place.Reason, StringComparison.Ordinal);
        // Files of the project are its own, though.
        Assert.Equal(tree, WorkspacePath.FindProject(null, () => tree));
    }

    [Fact]
    public void A_board_in_a_part_of_the_repository_is_the_one_of_that_part_in_every_tree()
    {
        var main = _scene.Repository("main");
        GitScene.Board(_scene.Folder("main", "packages", "web"));
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        Assert.Equal(_scene.In("main", "packages", "web"), Find(_scene.Folder("one", "packages", "web", "src", "new")));
        Assert.Equal(main, Find(_scene.Folder("one", "packages", "api")));
        Assert.Equal(main, Find(tree));
    }

    [Fact]
    public void The_worktrees_of_a_bare_repository_meet_in_its_git_directory()
    {
        var bare = _scene.Bare("project.git");
        Assert.Equal(bare, Find(GitScene.Link(bare, _scene.In("one"))));
        // Cloned bare into ".git", with the trees beside it.
        var hidden = _scene.Bare("project", ".git");
        Assert.Equal(hidden, Find(GitScene.Link(hidden, _scene.In("project", "two"))));
        File.WriteAllText(Path.Combine(hidden, "config"), "[extensions]\n worktreeConfig = true\n[core]\n repositoryformatversion = 1\n");
        File.WriteAllText(Path.Combine(hidden, "config.worktree"), "[Core] # whole\n  Bare\n");
        Assert.Equal(hidden, Find(_scene.In("project", "two")));
    }

    [Fact]
    public void A_git_directory_that_was_put_elsewhere_tells_where_the_main_tree_is()
    {
        var main = _scene.Folder("main tree");
        var common = _scene.Bare("elsewhere");
        File.WriteAllText(Path.Combine(common, "config"), "[core]\n\tbare = false\n\tworktree = \"../main tree\" ; its place\n");
        File.WriteAllText(Path.Combine(main, ".git"), $"gitdir: {common}\n");
        Assert.Equal(main, Find(main));
        Assert.Equal(main, Find(GitScene.Link(common, _scene.In("one"))));
    }

    [Fact]
    public void Links_on_the_way_lead_to_the_same_board()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        var main = _scene.Repository("main");
        Directory.CreateSymbolicLink(_scene.In("to-main"), main);
        var tree = GitScene.Link(_scene.In("to-main", ".git"), _scene.In("one"));
        Assert.Equal(main, Find(tree));
        Directory.CreateSymbolicLink(_scene.In("to-one"), tree);
        Assert.Equal(main, Find(_scene.In("to-one")));
        Assert.Equal(main, Find(_scene.In("to-main")));
        Directory.CreateDirectory(_scene.In("one", "src"));
        Directory.CreateSymbolicLink(_scene.In("to-src"), _scene.In("one", "src"));
        Assert.Equal(main, Find(_scene.In("to-src")));
    }

    [Fact]
    public void Case_that_does_not_count_leads_to_the_same_board()
    {
        var main = _scene.Repository("Main");
        Assert.SkipUnless(Directory.Exists(_scene.In("mAIN")), "Here case counts.");
        Assert.Equal(main, Find(GitScene.Link(_scene.In("mAIN", ".git"), _scene.In("one"))), ignoreCase: true);
    }

    [Fact]
    public void What_a_hook_has_in_its_environment_does_not_count()
    {
        var (main, other) = (_scene.Repository("main"), _scene.Repository("other"));
        GitScene.Board(other);
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        Environment.SetEnvironmentVariable("GIT_DIR", Path.Combine(other, ".git"));
        Environment.SetEnvironmentVariable("GIT_WORK_TREE", other);
        try
        {
            Assert.Equal(main, Find(tree));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GIT_DIR", null);
            Environment.SetEnvironmentVariable("GIT_WORK_TREE", null);
        }
    }

    [Fact]
    public void A_worktree_with_a_living_store_of_its_own_is_refused_with_both_places()
    {
        var main = _scene.Repository("main");
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        GitScene.Board(tree);
        var refusal = Refusal(tree);
        Assert.Equal((RefusalCode.SeparateStore, Path.Combine(tree, ".todo2")), (refusal.Code, refusal.Path));
        Assert.Contains($"'{main}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--into", refusal.Message, StringComparison.Ordinal);
        // Who names one means it.
        Assert.Equal(tree, WorkspacePath.Find(tree, "/"));
        Assert.Equal(main, WorkspacePath.Find("../main", tree));
    }

    [Fact]
    public void A_worktree_whose_repository_is_out_of_reach_is_no_board_of_its_own()
    {
        _scene.Repository("main");
        var tree = GitScene.Link(_scene.In("main", ".git"), _scene.In("one"));
        Directory.Move(_scene.In("main"), _scene.In("moved"));
        Assert.Equal(RefusalCode.StoreUnavailable, Refusal(tree).Code);
    }

    [Fact]
    public void A_folder_from_elsewhere_cannot_say_that_it_is_a_worktree()
    {
        var victim = _scene.Repository("victim");
        GitScene.Board(victim);
        var own = _scene.Folder("got", "fake", "worktrees", "x");
        File.WriteAllText(Path.Combine(own, "commondir"), Path.Combine(victim, ".git"));
        File.WriteAllText(Path.Combine(own, "HEAD"), "ref: refs/heads/x\n");
        File.WriteAllText(_scene.In("got", ".git"), "gitdir: fake/worktrees/x\n");
        Assert.Equal(_scene.In("got"), Find(_scene.In("got")));
    }

    [Fact]
    public void A_redirect_leads_to_another_workspace_once()
    {
        var (from, to) = (_scene.Repository("from"), _scene.Folder("to"));
        GitScene.Board(to);
        GitScene.Board(from, isLiving: false);
        var redirect = Path.Combine(from, ".todo2", "redirect");
        File.WriteAllText(redirect, "../to\n");
        Assert.Equal(to, Find(from));
        Assert.Equal(to, Find(_scene.Folder("from", "src")));
        // Before the board of the repository, and from each of its trees.
        Assert.Equal(to, Find(GitScene.Link(_scene.In("from", ".git"), _scene.In("tree"))));
        File.WriteAllText(redirect, "../nowhere\n");
        Assert.Equal(RefusalCode.UnsafeFile, Refusal(from).Code);
        File.WriteAllText(redirect, "");
        Assert.Equal(RefusalCode.UnsafeFile, Refusal(from).Code);
        File.WriteAllText(redirect, "../to");
        File.WriteAllText(Path.Combine(to, ".todo2", "redirect"), "../from");
        Assert.Equal(RefusalCode.UnsafeFile, Refusal(from).Code);
    }

    private static string Find(string from) => WorkspacePath.Find(null, from);

    private static Refusal Refusal(string from) => Assert.Throws<TaskLockingException>(() => Find(from)).Refusal;
}
