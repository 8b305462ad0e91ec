using System;
using System.IO;
using System.Linq;
using TaskLocking.Topics;
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
        Assert.Equal((WorkspacePath.Canonical(project.Folder), root, Path.Combine(root, "001_auth_flow")), (topic.ProjectRoot, topic.SpecsDirectory, topic.Path));
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
    [InlineData(new[] { "9_a", "12_b", "abc", ".git", "007", "008-c", "x009_d" }, "001_x")] // other tools' folders
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
        using var project = new TopicProject().With("003_auth", "002_auth", "005_auth_flow", "12_new").WithFile("001_auth");
        var topics = project.Open().Create(["AUTH", "new", "new"], reuse: true);
        Assert.Equal([("002", "auth", false), ("006", "new", true), ("006", "new", false)], topics.Select(topic => (topic.Number, topic.Name, topic.Created)));
        Assert.Equal(["001_auth", "002_auth", "003_auth", "005_auth_flow", "006_new", "12_new"], project.Names());
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
        project.With("1000_d", "010_c", "002_a", "002_b", "12_x", "abc");
        Assert.Equal(["002_a", "002_b", "010_c", "1000_d"], project.Open().List().Select(topic => topic.Number + "_" + topic.Name));
        Assert.Equal("a", project.Open().Find(2)?.Name);
        Assert.Equal("1000", project.Open().Find(1000)?.Number);
        Assert.Null(project.Open().Find(3));
        Assert.Null(project.Open().Find(-1));
        Assert.False(File.Exists(project.LockPath));
    }
}
