using System.IO;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicRootTests
{
    [Theory]
    [InlineData("named", "variable", true, true, "named")]
    [InlineData(null, "variable", true, true, "variable")]
    [InlineData("", "variable", false, false, "variable")]
    [InlineData(null, "", true, true, ".claude/specs")]
    [InlineData(null, null, true, false, ".claude/specs")]
    [InlineData(null, null, false, true, "specs")]
    [InlineData(null, null, false, false, ".claude/specs")]
    [InlineData("a/../b", null, false, false, "b")]
    public void The_first_that_speaks_wins(string? named, string? variable, bool hasClaude, bool hasSpecs, string expected)
    {
        using var project = new TopicProject();
        if (hasClaude)
            Directory.CreateDirectory(Path.Combine(project.Folder, ".claude", "specs"));
        if (hasSpecs)
            Directory.CreateDirectory(project.Root);
        var wanted = Path.Combine(WorkspacePath.Canonical(project.Folder), expected.Replace('/', Path.DirectorySeparatorChar));
        Assert.Equal(wanted, TopicRoot.Find(WorkspacePath.Canonical(project.Folder), named, variable));
        Assert.False(Directory.Exists(Path.Combine(project.Folder, "variable")));
    }

    [Fact]
    public void An_absolute_root_is_taken_as_it_is()
    {
        using var project = new TopicProject();
        using var elsewhere = new TopicProject();
        Assert.Equal(WorkspacePath.Canonical(elsewhere.Folder), TopicRoot.Find(project.Folder, elsewhere.Folder, null));
        Assert.Equal(WorkspacePath.Canonical(elsewhere.Folder), TopicRoot.Find(project.Folder, null, elsewhere.Folder));
    }

    [Fact]
    public void A_linked_root_and_a_linked_project_are_resolved_even_before_the_root_exists()
    {
        using var project = new TopicProject();
        var real = Directory.CreateDirectory(Path.Combine(project.Folder, "real")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "link"), real);
        var expected = Path.Combine(WorkspacePath.Canonical(real), "deep", "specs");
        Assert.Equal(expected, TopicStore.Open(project.Folder, "link/deep/specs").Root);
        Assert.Equal(expected, TopicStore.Open(Path.Combine(project.Folder, "link"), "deep/specs").Root);
        Assert.Equal(expected, TopicStore.Open(Path.Combine(project.Folder, "link"), "deep/specs/").Root);
        Assert.False(Directory.Exists(expected));
    }

    [Fact]
    public void A_root_that_cannot_be_a_folder_is_refused_by_name()
    {
        using var project = new TopicProject().WithFile("file");
        Assert.Equal(RefusalCode.PathNotFound, TopicProject.CodeOf(() => TopicStore.Open(project.Folder, "specs/file")));
        Assert.Equal(RefusalCode.PathNotFound, TopicProject.CodeOf(() => TopicStore.Open(project.Folder, "specs/file/below/it")));
        Assert.Equal(RefusalCode.PathNotFound, TopicProject.CodeOf(() => TopicStore.Open(Path.Combine(project.Folder, "missing"))));
        Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() => TopicStore.Open(project.Folder, "postgres://host/specs")));
    }
}
