using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicArtifactTests
{
    [Fact]
    public void A_folder_exists_when_it_is_first_needed_and_only_that()
    {
        using var project = new TopicProject();
        var store = project.Open();
        var topic = store.Create(["a"])[0];
        Assert.Equal(topic.ArtifactPaths["plans"], store.EnsureArtifact(1, "plans"));
        Assert.Equal(topic.ArtifactPaths["plans"], store.EnsureArtifact(1, "Plans"));
        Assert.Equal(["plans"], Directory.EnumerateFileSystemEntries(topic.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_in_it_stays()
    {
        using var project = new TopicProject().With("001_a/reports");
        var file = Path.Combine(project.Root, "001_a", "reports", "one.md");
        File.WriteAllText(file, "text");
        project.Open().EnsureArtifact(1, "reports");
        Assert.Equal("text", File.ReadAllText(file));
    }

    [Theory]
    [InlineData(2, "reports", RefusalCode.TopicNotFound)]
    [InlineData(-1, "reports", RefusalCode.TopicNotFound)]
    [InlineData(1, "report", RefusalCode.InvalidArgument)]
    [InlineData(1, "", RefusalCode.InvalidArgument)]
    [InlineData(1, "../x", RefusalCode.InvalidArgument)]
    [InlineData(1, "debug", RefusalCode.PathNotFound)] // a file is in the way
    public void What_cannot_be_is_refused_by_name(int number, string kind, RefusalCode code)
    {
        using var project = new TopicProject().With("001_a", "2024_x").WithFile("001_a/debug");
        Assert.Equal(code, TopicProject.CodeOf(() => project.Open().EnsureArtifact(number, kind)));
    }
}
