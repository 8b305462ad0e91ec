using System;
using System.IO;
using System.Linq;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>What counts as taken in a repository, by git itself.</summary>
public sealed class TopicHistoryTests : IDisposable
{
    private readonly RealRepository _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void Worktrees_count_what_others_have_not_committed_yet()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        var (one, two) = (_git.Worktree("one"), _git.Worktree("two"));
        Assert.Equal("002", RealRepository.New(one).Number);
        Assert.Equal("003", RealRepository.New(two).Number);
        Assert.Equal(("004", TopicScope.Repository), (RealRepository.New(_git.Main).Number, RealRepository.New(_git.Main).Scope));
        // By hand, without any lock.
        RealRepository.Put(two, "0010-by-hand");
        Assert.Equal("011", RealRepository.New(one).Number);
    }

    [Fact]
    public void A_number_that_was_given_once_is_not_given_again()
    {
        Assert.Equal("001", RealRepository.New(_git.Main, "a").Number);
        _git.Commit(_git.Main);
        // Never committed and gone, as by "git clean -fdx".
        Directory.Delete(RealRepository.New(_git.Main, "b").Path, recursive: true);
        Assert.Equal("003", RealRepository.New(_git.Main, "c").Number);
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "rm", "-rq", "specs/003_c");
        _git.Commit(_git.Main);
        // The reservations too, as in a clone.
        foreach (var name in _git.Git(_git.Main, "for-each-ref", "--format=%(refname)", "refs/tasklock").Split('\n'))
            _git.Git(_git.Main, "update-ref", "-d", name);
        Assert.Equal("004", RealRepository.New(_git.Main).Number);
    }

    [Fact]
    public void Every_way_into_the_history_counts()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        // A branch whose topic was taken away again before it was merged.
        _git.Git(_git.Main, "checkout", "-qb", "side");
        RealRepository.Put(_git.Main, "002_gone");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "rm", "-rq", "specs/002_gone");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-q", "main");
        File.WriteAllText(Path.Combine(_git.Main, "other"), "");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "merge", "-q", "--no-edit", "side");
        _git.Git(_git.Main, "branch", "-D", "side");
        Assert.Equal(["001_a", "002_gone"], Added(_git.Main));
        // One that only the merge itself adds, and a renamed one.
        _git.Git(_git.Main, "checkout", "-qb", "again", "HEAD~1");
        File.WriteAllText(Path.Combine(_git.Main, "third"), "");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "merge", "-q", "--no-commit", "main");
        RealRepository.Put(_git.Main, "003_by_merge");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "mv", "specs/001_a", "specs/004_a");
        _git.Commit(_git.Main);
        Assert.Equal(["001_a", "002_gone", "003_by_merge", "004_a"], Added(_git.Main));
        // A tree without a branch.
        _git.Git(_git.Main, "checkout", "-q", "--detach");
        RealRepository.Put(_git.Main, "005_headless", "ordner", "2024-05-01-x");
        _git.Commit(_git.Main);
        Directory.Delete(Path.Combine(_git.Main, "specs", "005_headless"), recursive: true);
        Assert.Equal("006", RealRepository.New(_git.Main).Number);
    }

    [Fact]
    public void What_was_seen_stays_and_only_what_is_new_is_walked()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-qb", "side");
        RealRepository.Put(_git.Main, "007_side");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-q", "main");
        Assert.Equal("008", RealRepository.New(_git.Main).Number);
        _git.Git(_git.Main, "branch", "-qD", "side");
        _git.Git(_git.Main, "reflog", "expire", "--expire=now", "--all");
        _git.Git(_git.Main, "gc", "-q", "--prune=now");
        _git.Git(_git.Main, "update-ref", "-d", "refs/tasklock/topics/specs/008");
        Directory.Delete(Path.Combine(_git.Main, "specs", "008_x"), recursive: true);
        // The branch is no more, and what it had is remembered.
        Assert.Equal("008", RealRepository.New(_git.Main).Number);
        var seen = _git.In("main", ".git", "tasklock", "topic_specs.seen");
        // Not whole, it is made anew; of what is gone nobody knows then.
        File.WriteAllText(seen, File.ReadAllText(seen)[..^3]);
        _git.Git(_git.Main, "update-ref", "-d", "refs/tasklock/topics/specs/008");
        Directory.Delete(Path.Combine(_git.Main, "specs", "008_x"), recursive: true);
        Assert.Equal("002", RealRepository.New(_git.Main).Number);
    }

    [Fact]
    public void A_topic_is_found_by_its_name_wherever_it_lives()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        var one = _git.Worktree("one");
        var reuse = new TopicRequest { Reuse = true };
        Assert.Equal("002", RealRepository.New(one, "Auth Flow", reuse).Number);
        var same = RealRepository.New(_git.Main, "auth-flow", reuse, StoreNoticeKind.TopicElsewhere);
        Assert.Equal(("002", "auth_flow", true), (same.Number, same.Name, same.Created));
        Assert.False(RealRepository.New(_git.Main, "auth-flow", reuse).Created);
        // On a branch that nobody has checked out, in its own spelling.
        _git.Git(_git.Main, "checkout", "-qb", "side");
        RealRepository.Put(_git.Main, "0005-billing");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-q", "main");
        same = RealRepository.New(_git.Main, "billing", reuse, StoreNoticeKind.TopicElsewhere);
        Assert.Equal("0005-billing", Path.GetFileName(same.Path));
        // What is on no branch any more is nobody's.
        _git.Git(_git.Main, "branch", "-qD", "side");
        Directory.Delete(Path.Combine(_git.Main, "specs", "0005-billing"), recursive: true);
        Assert.Equal("006", RealRepository.New(_git.Main, "billing", reuse).Number);
        // A number that another folder has here is not given to a second.
        RealRepository.Put(one, "006_search");
        Assert.Equal("007", RealRepository.New(_git.Main, "search", reuse).Number);
    }

    [Fact]
    public void Git_carries_the_folder_and_does_not_see_the_lock()
    {
        var topic = RealRepository.New(_git.Main);
        Assert.Equal([".gitkeep"], Directory.EnumerateFileSystemEntries(topic.Path).Select(Path.GetFileName));
        _git.Git(_git.Main, "add", "-A");
        Assert.Equal("specs/001_x/.gitkeep", _git.Git(_git.Main, "ls-files"));
        RealRepository.New(_git.Main);
        Assert.Single(File.ReadAllLines(_git.In("main", ".git", "info", "exclude")), line => line == TopicStore.LockFileName);
        Assert.True(File.Exists(_git.In("main", ".git", "tasklock", "topic_specs.lock")));
        Assert.True(File.Exists(_git.In("main", "specs", TopicStore.LockFileName)));
    }

    [Fact]
    public void A_variable_of_a_hook_leads_nowhere_else()
    {
        RealRepository.Put(_git.Main, "004_a");
        _git.Commit(_git.Main);
        Directory.Delete(Path.Combine(_git.Main, "specs", "004_a"), recursive: true);
        Environment.SetEnvironmentVariable("GIT_DIR", _git.In("nowhere"));
        Environment.SetEnvironmentVariable("GIT_INDEX_FILE", _git.In("nowhere", "index"));
        try
        {
            Assert.Equal("005", RealRepository.New(_git.Main).Number);
        }
        finally
        {
            Environment.SetEnvironmentVariable("GIT_DIR", null);
            Environment.SetEnvironmentVariable("GIT_INDEX_FILE", null);
        }
    }

    [Fact]
    public void A_shallow_clone_says_that_it_does_not_know_all()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        _git.Commit(_git.Main);
        var shallow = _git.Clone("shallow", "--depth=1", "file://" + _git.Main);
        var topic = RealRepository.New(shallow, told: StoreNoticeKind.TopicLocal);
        Assert.Equal(("002", TopicScope.Local), (topic.Number, topic.Scope));
        Assert.Equal(RefusalCode.StoreUnavailable, TopicProject.CodeOf(() => RealRepository.New(shallow, request: Strict)));
        _git.Git(shallow, "fetch", "-q", "--unshallow");
        Assert.Equal(("003", TopicScope.Repository), (RealRepository.New(shallow).Number, RealRepository.New(shallow).Scope));
    }

    [Theory]
    [InlineData("--filter=blob:none", TopicScope.Repository)]
    [InlineData("--filter=tree:0", TopicScope.Local)]
    public void Of_a_partial_clone_nothing_is_fetched_and_what_it_lacks_is_said(string filter, TopicScope scope)
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "rm", "-rq", "specs/001_a");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "config", "uploadpack.allowFilter", "true");
        var partial = _git.Clone("partial", filter, "--no-checkout", "file://" + _git.Main);
        Directory.CreateDirectory(Path.Combine(partial, "specs"));
        var topic = RealRepository.New(partial, told: scope == TopicScope.Local ? StoreNoticeKind.TopicLocal : null);
        Assert.Equal((scope == TopicScope.Local ? "001" : "002", scope), (topic.Number, topic.Scope));
    }

    [Fact]
    public void Without_git_the_other_trees_still_count_and_the_rest_is_said()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        RealRepository.Put(_git.Worktree("one"), "003_b");
        using var store = TopicStore.Open(_git.Main, "specs", TopicWatches.Shared, oneShot: true,
            root => new TopicRepository(root, (_, _) => null));
        Assert.Equal(RefusalCode.StoreUnavailable, TopicProject.CodeOf(() => store.Create(["x"], Strict)));
        Assert.Equal(["001_a"], Directory.EnumerateDirectories(store.Root).Select(Path.GetFileName));
        var topic = store.Create(["x"])[0];
        Assert.Equal(("004", TopicScope.Local), (topic.Number, topic.Scope));
        Assert.Equal([StoreNoticeKind.TopicLocal], store.TakeNotices().Select(notice => notice.Kind));
    }

    private static TopicRequest Strict => new() { IsStrict = true };

    private static string[] Added(string tree)
    {
        var git = RealRepository.Of(tree);
        return [.. git.Added([.. git.Refs().Select(each => each.Object)], []).Order(StringComparer.Ordinal)];
    }
}
