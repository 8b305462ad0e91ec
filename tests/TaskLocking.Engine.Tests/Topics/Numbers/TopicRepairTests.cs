using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>What collides when branches are merged, and how it is mended.</summary>
public sealed class TopicRepairTests : IDisposable
{
    private readonly RealRepository _git = new();

    public TopicRepairTests()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main, "2026-01-01T00:00:00Z");
    }

    public void Dispose() => _git.Dispose();

    [Fact]
    public void What_would_collide_is_found_before_the_merge()
    {
        Diverge("002_auth", "2026-01-03T00:00:00Z", "0002-billing", "2026-01-02T00:00:00Z");
        var report = Open().Check(["main"]);
        Assert.False(report.Passed);
        Assert.Equal([("collision", "002")], report.Issues.Where(issue => issue.IsError && issue.Kind != "misnamed")
            .Select(issue => (issue.Kind, issue.Subject)));
        Assert.Equal("collision", Assert.Single(Open().Check([], mergeBase: true).Issues, issue => issue.IsError).Kind);
        // What is not committed yet counts as it lies there.
        Directory.Move(Folder("002_auth"), Folder("003_auth"));
        Assert.True(Open().Check(["main"]).Passed);
        Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() => Open().Check(["no-such-branch"])));
    }

    [Fact]
    public void What_one_side_renamed_or_removed_collides_with_nothing()
    {
        RealRepository.Put(_git.Main, "002_b", "003_c");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-qb", "feature");
        _git.Git(_git.Main, "mv", "specs/002_b", "specs/002_better");
        _git.Git(_git.Main, "rm", "-rq", "specs/003_c");
        _git.Commit(_git.Main);
        RealRepository.Put(_git.Main, "004_both");
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-q", "main");
        RealRepository.Put(_git.Main, "004_both");
        _git.Commit(_git.Main);
        Assert.True(Open().Check(["feature"]).Passed);
        // Without an ancestor in common both sides have all that they have.
        _git.Git(_git.Main, "checkout", "-q", "--orphan", "alone");
        Assert.Contains(Open().Check(["feature"]).Issues, issue => issue is { Kind: "collision", Subject: "002" });
    }

    [Fact]
    public void The_older_topic_keeps_its_number_and_the_younger_gets_a_fresh_one()
    {
        Diverge("0002-auth", "2026-01-03T00:00:00Z", "002_billing", "2026-01-02T00:00:00Z");
        _git.Git(_git.Main, "merge", "-q", "--no-edit", "main");
        RealRepository.Put(_git.Main, "002_uncommitted");
        var preview = Open().Renumber(new TopicRepairRequest { IsPreview = true });
        Assert.Equal(["0002-auth>0003-auth", "002_uncommitted>004_uncommitted"], Moves(preview));
        Assert.True(Directory.Exists(Folder("0002-auth")));
        Assert.Equal("", _git.Git(_git.Main, "for-each-ref", "refs/tasklock"));
        var repair = Open().Renumber(new TopicRepairRequest());
        Assert.Equal(Moves(preview), Moves(repair));
        Assert.Equal(["001_a", "0003-auth", "002_billing", "004_uncommitted"], Names());
        Assert.Matches("^was 002 \\(0002-auth\\) until 20..-..-..\n$", File.ReadAllText(Path.Combine(Folder("0003-auth"), ".renumbered")));
        Assert.Empty(Open().Renumber(new TopicRepairRequest()).Moves);
        Assert.Equal("005", RealRepository.New(_git.Main).Number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Before_a_merge_the_younger_goes_where_it_is_and_whoever_looks_sees_the_same(bool isOlder)
    {
        Diverge("002_auth", isOlder ? "2026-01-02T00:00:00Z" : "2026-01-04T00:00:00Z", "002_billing", "2026-01-03T00:00:00Z");
        var repair = Open().Renumber(new TopicRepairRequest { Against = ["main"], Numbers = [2] });
        Assert.Equal(isOlder ? [] : ["002_auth>003_auth"], Moves(repair));
        Assert.Equal(isOlder ? 1 : 0, repair.Issues.Count);
        _git.Commit(_git.Main);
        _git.Git(_git.Main, "checkout", "-q", "main");
        repair = Open().Renumber(new TopicRepairRequest { Against = ["feature"] });
        Assert.Equal(isOlder ? ["002_billing>003_billing"] : [], Moves(repair));
        Assert.Empty(repair.Issues);
    }

    [Fact]
    public void Of_one_second_the_id_decides()
    {
        Diverge("002_auth", "2026-01-02T00:00:00Z", "002_billing", "2026-01-02T00:00:00Z");
        var (ours, theirs) = (_git.Git(_git.Main, "rev-parse", "HEAD"), _git.Git(_git.Main, "rev-parse", "main"));
        var repair = Open().Renumber(new TopicRepairRequest { Against = ["main"], IsPreview = true });
        Assert.Equal(string.CompareOrdinal(ours, theirs) < 0 ? 0 : 1, repair.Moves.Count);
    }

    [Fact]
    public void Links_are_rewritten_where_they_can_mean_nothing_else()
    {
        RealRepository.Put(_git.Main, "002_old", "002_young");
        var readme = Path.Combine(_git.Main, "README.md");
        byte[] before =
        [
            .. "[a](specs/002_young/spec.md) ./specs/002_young, `specs\\002_young`\n(/specs/002_young) 002_young #2 #002 #20 PR/#2\n"u8,
            .. "https://example.org/specs/002_young docs/002_young 1002_young 002_young2 specs/002_young.md\n"u8,
            0xe4, 0xff, (byte)'\r', (byte)'\n',
        ];
        File.WriteAllBytes(readme, before);
        File.WriteAllText(Path.Combine(Folder("002_old"), "spec.md"), "../002_young/spec.md and ../002_old\n");
        File.WriteAllText(Path.Combine(_git.Main, ".gitignore"), "ignored\n");
        File.WriteAllText(Path.Combine(_git.Main, "ignored"), "specs/002_young\n");
        File.WriteAllBytes(Path.Combine(_git.Main, "binary"), [.. "specs/002_young"u8, 0]);
        _git.Commit(_git.Main, "2026-01-02T00:00:00Z");
        var repair = Open().Renumber(new TopicRepairRequest());
        Assert.Equal(["002_young>003_young"], Moves(repair));
        byte[] after =
        [
            .. "[a](specs/003_young/spec.md) ./specs/003_young, `specs\\003_young`\n(/specs/003_young) 002_young #2 #002 #20 PR/#2\n"u8,
            .. "https://example.org/specs/002_young docs/002_young 1002_young 002_young2 specs/002_young.md\n"u8,
            0xe4, 0xff, (byte)'\r', (byte)'\n',
        ];
        Assert.Equal(after, File.ReadAllBytes(readme));
        Assert.Equal("../003_young/spec.md and ../002_old\n", File.ReadAllText(Path.Combine(Folder("002_old"), "spec.md")));
        Assert.Equal("specs/002_young\n", File.ReadAllText(Path.Combine(_git.Main, "ignored")));
        Assert.Equal([.. "specs/002_young"u8, 0], File.ReadAllBytes(Path.Combine(_git.Main, "binary")));
        Assert.Equal(["2: #002", "2: #2", "2: 002_young", "3: docs/002_young", "3: https://example.org/specs/002_young"],
            repair.Mentions.Where(mention => !mention.Rewritten && mention.Path == readme)
                .Select(mention => $"{mention.Line}: {mention.Text}").Order(StringComparer.Ordinal));
        Assert.Equal(5, repair.Mentions.Count(mention => mention.Rewritten));
    }

    [Fact]
    public void What_fails_leaves_everything_as_it_was()
    {
        RealRepository.Put(_git.Main, "002_b", "003_c");
        var file = Path.Combine(_git.Main, "README.md");
        File.WriteAllText(file, "before");
        var edit = new FileEdit(file, Encoding.UTF8.GetBytes("before"), Encoding.UTF8.GetBytes("after"));
        var root = Path.Combine(_git.Main, "specs");
        var moves = new Dictionary<string, string>(StringComparer.Ordinal) { ["002_b"] = "004_b", ["003_c"] = "nowhere/005_c" };
        Assert.Throws<TaskLockingException>(() => new TopicRenaming(root, moves, [edit]).Run(DateTimeOffset.UtcNow));
        Assert.Equal(["001_a", "002_b", "003_c"], Names());
        Assert.Equal("before", File.ReadAllText(file));
        Assert.Equal(["spec.md"], Directory.EnumerateFileSystemEntries(Folder("002_b")).Select(Path.GetFileName));
        // What is there already, be it an empty folder, is not taken the place of.
        Directory.CreateDirectory(Folder("004_b"));
        moves.Remove("003_c");
        Assert.Equal(RefusalCode.VersionChanged, TopicProject.CodeOf(() => new TopicRenaming(root, moves, []).Run(DateTimeOffset.UtcNow)));
        Assert.Throws<TaskLockingException>(() => Locking.FolderMove.Move(Folder("002_b"), Folder("004_b")));
        Assert.True(File.Exists(Path.Combine(Folder("002_b"), "spec.md")));
        // Somebody has written to a file since it was read.
        File.WriteAllText(file, "else");
        moves["002_b"] = "005_b";
        Assert.Equal(RefusalCode.VersionChanged,
            TopicProject.CodeOf(() => new TopicRenaming(root, moves, [edit]).Run(DateTimeOffset.UtcNow)));
        Assert.Equal("else", File.ReadAllText(file));
    }

    [Fact]
    public void A_reservation_goes_only_if_no_topic_ever_had_its_number()
    {
        Directory.Delete(RealRepository.New(_git.Main, "never").Path, recursive: true);
        var here = RealRepository.New(_git.Main, "here");
        RealRepository.New(_git.Worktree("one"), "uncommitted elsewhere");
        var gone = RealRepository.New(_git.Main, "committed once");
        _git.Commit(_git.Main);
        Directory.Delete(gone.Path, recursive: true);
        _git.Commit(_git.Main);
        Assert.Equal(["002"], Open().Release(new TopicReleaseRequest()).Select(each => each.Number));
        Assert.Equal(["003", "004", "005"], new[] { here.Number, "004", gone.Number });
        foreach (var used in new[] { 3, 4, 5 })
        {
            var request = new TopicReleaseRequest { Numbers = [used] };
            Assert.Equal(RefusalCode.StatusConflict, TopicProject.CodeOf(() => Open().Release(request)));
        }
        Assert.Equal(RefusalCode.TopicNotFound, TopicProject.CodeOf(() => Open().Release(new TopicReleaseRequest { Numbers = [9] })));
        Assert.False(Open().Release(new TopicReleaseRequest { OlderThan = TimeSpan.FromDays(1) })[0].Released);
        Assert.False(Open().Release(new TopicReleaseRequest { Numbers = [2], IsPreview = true })[0].Released);
        var released = Assert.Single(Open().Release(new TopicReleaseRequest { OlderThan = TimeSpan.Zero }));
        Assert.Equal(("002", "never", true, null), (released.Number, released.Name, released.Released, released.Remote));
        Assert.Empty(Open().Release(new TopicReleaseRequest()));
    }

    [Fact]
    public void A_reservation_at_a_remote_goes_there_as_well()
    {
        var bare = _git.In("bare.git");
        _git.Git(_git.Main, "clone", "-q", "--bare", _git.Main, bare);
        var clone = _git.Clone("one", bare);
        var remote = new TopicRequest { Reserve = TopicReserve.Remote, IsStrict = true };
        Directory.Delete(RealRepository.New(clone, "never", remote).Path, recursive: true);
        var kept = RealRepository.New(clone, "kept", remote);
        using var store = TopicStore.Open(clone, "specs", oneShot: true);
        var all = store.Release(new TopicReleaseRequest { Reserve = TopicReserve.Remote, OlderThan = TimeSpan.Zero });
        Assert.Equal([("002", "origin", true), ("002", null, true)], all.Select(each => (each.Number, each.Remote, each.Released)));
        Assert.Equal("refs/tasklock/topics/specs/003", _git.Git(bare, "for-each-ref", "--format=%(refname)", "refs/tasklock"));
        Assert.Equal("003", kept.Number);
    }

    private void Diverge(string ours, string ourDate, string theirs, string theirDate)
    {
        _git.Git(_git.Main, "checkout", "-qb", "feature");
        RealRepository.Put(_git.Main, ours);
        _git.Commit(_git.Main, ourDate);
        _git.Git(_git.Main, "checkout", "-q", "main");
        RealRepository.Put(_git.Main, theirs);
        _git.Commit(_git.Main, theirDate);
        _git.Git(_git.Main, "checkout", "-q", "feature");
    }

    private TopicStore Open() => TopicStore.Open(_git.Main, "specs", oneShot: true);

    private string Folder(string name) => Path.Combine(_git.Main, "specs", name);

    private string[] Names() => [.. Directory.EnumerateDirectories(Path.Combine(_git.Main, "specs")).Select(path => Path.GetFileName(path)!)
        .OrderBy(name => TopicFolderName.NameStart(name) > 0 ? name[TopicFolderName.NameStart(name)..] : name, StringComparer.Ordinal)];

    private static string[] Moves(TopicRepair repair) =>
        [.. repair.Moves.Select(move => $"{Path.GetFileName(move.Path)}>{Path.GetFileName(move.NewPath)}")];
}
