using System;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicCreateTests
{
    [Fact]
    public void The_first_topic_makes_the_root_and_tells_where_everything_goes()
    {
        using var project = new TopicProject();
        var topic = Assert.Single(project.Open().Create(["Auth Flow"]));
        var root = WorkspacePath.Canonical(project.Root);
        Assert.Equal(("001", "auth_flow", true), (topic.Number, topic.Name, topic.Created));
        Assert.Equal((WorkspacePath.Canonical(project.Folder), root, Path.Combine(root, "001_auth_flow")),
            (topic.ProjectRoot, topic.SpecsDirectory, topic.Path));
        Assert.Equal(["reports", "plans", "summaries", "debug", "scripts", "outputs"], topic.ArtifactPaths.Keys);
        Assert.Equal(TopicArtifact.Kinds.Select(kind => Path.Combine(topic.Path, kind)), topic.ArtifactPaths.Values);
        Assert.Empty(Directory.EnumerateFileSystemEntries(topic.Path));
    }

    [Theory]
    [InlineData(new string[0], "001_x")]
    [InlineData(new[] { "001_a", "002_b" }, "003_x")]
    [InlineData(new[] { "001_a", "005_b" }, "006_x")] // gaps are not refilled
    [InlineData(new[] { "999_a" }, "1000_x")]
    [InlineData(new[] { "1000_a", "999_b" }, "1001_x")]
    [InlineData(new[] { "9_a", "12_b", "abc", ".git", "007", "008-c", "x019_d" }, "013_x")] // other tools' folders
    [InlineData(new[] { "001-user-login", "002-billing", "003-search", "010-export" }, "011_x")]
    [InlineData(new[] { "0001-use-markdown", "0002-record-decisions" }, "003_x")]
    [InlineData(new[] { "001_first", "20260319-143022-hotfix", "20260319_143022_hotfix", "2024_archive" }, "002_x")]
    [InlineData(new[] { "01 Intro", "02 - Setup", "3. Use" }, "004_x")]
    [InlineData(new[] { "001_a", "12345-fix", "1.2", "2nd_try" }, "002_x")]
    [InlineData(new[] { "20260318-a", "20260319-b" }, "001_x")]
    [InlineData(new[] { "1799_a", "2024_b" }, "1800_x")] // far from any year
    [InlineData(new[] { "1899_a", "2024-b", "2024_01_01" }, "2025_x")] // near them, it counts
    [InlineData(new[] { "1899_a", "2024-b" }, "1900_x")]
    [InlineData(new[] { "2100_a", "2024_b" }, "2101_x")]
    [InlineData(new[] { "001_a", "0003_b" }, "004_x")]
    [InlineData(new[] { "002_a", "1000000000_b", "99999999999999999999_c" }, "003_x")] // too long to be a topic's
    [InlineData(new[] { "003_Not By The Rule" }, "004_x")]
    [InlineData(new[] { "000_a" }, "001_x")]
    public void The_next_number_follows_the_highest(string[] there, string expected)
    {
        using var project = new TopicProject().With(there);
        var topic = Assert.Single(project.Open().Create(["x"]));
        Assert.Equal(expected, Path.GetFileName(topic.Path));
        Assert.Equal(there.Append(expected).Order(StringComparer.Ordinal), project.Names());
    }

    [Fact]
    public void Topics_that_come_to_a_year_pass_those_that_are_there_and_leave_no_gap()
    {
        using var project = new TopicProject().With("1798_a", "1950_archive");
        using var store = project.Open();
        Assert.Equal(["1799", "1800", "1951", "1952"], store.Create(["a", "b", "c", "d"]).Select(topic => topic.Number));
        Assert.Equal("1953", store.Create(["e"])[0].Number);
        Assert.Equal("1954", project.Open().Create(["f"])[0].Number);
        Assert.Equal("1950", Assert.Single(project.Open().List(), topic => topic.Name == "archive").Number);
        Assert.DoesNotContain(project.Open().Check().Issues, issue => issue.Kind is "dated" or "duplicate");
    }

    [Fact]
    public void A_file_with_a_topics_name_takes_its_number_and_is_no_topic()
    {
        using var project = new TopicProject().WithFile("007_notes.md");
        Assert.Equal("008", project.Open().Create(["x"])[0].Number);
        Assert.Equal(["008"], project.Open().List().Select(topic => topic.Number));
        Assert.Null(project.Open().Find(7));
    }

    [Fact]
    public void Several_names_get_consecutive_numbers_in_the_order_given()
    {
        using var project = new TopicProject().With("004_d");
        var topics = project.Open().Create(["z", "A B", "z"]);
        Assert.Equal(["005_z", "006_a_b", "007_z"], topics.Select(topic => Path.GetFileName(topic.Path)));
        Assert.All(topics, topic => Assert.True(topic.Created && Directory.Exists(topic.Path)));
    }

    [Fact]
    public void No_name_is_no_topic()
    {
        using var project = new TopicProject();
        Assert.Empty(project.Open().Create([]));
        Assert.False(Directory.Exists(project.Root));
    }

    [Fact]
    public void Reuse_gives_the_lowest_topic_of_exactly_that_name_and_makes_the_others()
    {
        using var project = new TopicProject().With("003_auth", "002_auth", "005_auth_flow").WithFile("001_auth");
        var topics = project.Open().Create(["AUTH", "new", "new"], reuse: true);
        Assert.Equal([("002", "auth", false), ("006", "new", true), ("006", "new", false)],
            topics.Select(topic => (topic.Number, topic.Name, topic.Created)));
        Assert.Equal(["001_auth", "002_auth", "003_auth", "005_auth_flow", "006_new"], project.Names());
    }

    [Fact]
    public void Reuse_finds_a_name_in_every_spelling_but_none_that_lost_letters()
    {
        using var project = new TopicProject().With("001-user-login", "02 Größe", "003_topic", "004-認証");
        var topics = project.Open().Create(["User login", "grosse", "認証", "設計", "topic"], reuse: true);
        Assert.Equal([("001", false), ("02", false), ("005", true), ("006", true), ("003", false)],
            topics.Select(topic => (topic.Number, topic.Created)));
    }

    [Fact]
    public void What_is_not_clear_is_told_in_one_line_and_told_once()
    {
        using var project = new TopicProject().With("001_a", "12345-fix", "03-19_notes", "2024_archive").WithFile("999999_x");
        var store = project.Open();
        store.Create(["b"]);
        var notice = Assert.Single(store.TakeNotices());
        Assert.Equal((StoreNoticeKind.TopicUnclear, store.Root), (notice.Kind, notice.Path));
        Assert.Contains("12345-fix", notice.Message, StringComparison.Ordinal);
        Assert.Contains("03-19_notes", notice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("archive", notice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("999999", notice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", notice.Message, StringComparison.Ordinal);
        store.Create(["c"], reuse: true);
        Assert.Empty(store.TakeNotices());
    }

    [Fact]
    public void Numbers_in_every_spelling_count_or_are_told_where_topics_are_made_and_listed()
    {
        using var project = new TopicProject().With("002_a", "003–x", "4) y", "#5 z", "(6) w", "#notes");
        var store = project.Open();
        Assert.Equal(["002 a", "003 x", "4 y"], store.List().Select(topic => topic.Number + " " + topic.Name));
        var notice = Assert.Single(store.TakeNotices());
        Assert.Equal((StoreNoticeKind.TopicUnclear, true, true, false),
            (notice.Kind, notice.Message.Contains("#5 z", StringComparison.Ordinal),
            notice.Message.Contains("(6) w", StringComparison.Ordinal), notice.Message.Contains("#notes", StringComparison.Ordinal)));
        Assert.Equal("005", Assert.Single(store.Create(["next"])).Number);
        Assert.Contains("#5 z", Assert.Single(store.TakeNotices()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_reuse_the_same_name_gets_a_new_number()
    {
        using var project = new TopicProject().With("001_auth");
        Assert.Equal("002_auth", Path.GetFileName(project.Open().Create(["auth"])[0].Path));
    }

    [Fact]
    public void List_and_find_see_the_topics_by_number_and_make_nothing()
    {
        using var project = new TopicProject();
        Assert.Empty(project.Open().List());
        Assert.False(Directory.Exists(project.Root));
        project.With("1000_d", "010_c", "002_a", "002_b", "2024_x", "abc", "03-see you");
        Assert.Equal(["002_a", "002_b", "03_see you", "010_c", "1000_d"], project.Open().List()
            .Select(topic => topic.Number + "_" + topic.Name));
        Assert.Equal("a", project.Open().Find(2)?.Name);
        Assert.Equal("1000", project.Open().Find(1000)?.Number);
        Assert.Equal("03", project.Open().Find(3)?.Number);
        Assert.Null(project.Open().Find(2024));
        Assert.Null(project.Open().Find(-1));
        Assert.False(File.Exists(project.LockPath));
    }
}
