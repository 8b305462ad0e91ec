using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicAuditTests
{
    [Fact]
    public void A_sound_root_passes_and_nothing_is_made()
    {
        using var project = new TopicProject().With("001_a", "002_b_c", "abc", ".git").WithFile("README.md");
        var report = project.Open().Check();
        Assert.Empty(report.Issues);
        Assert.Equal((true, 2, 2), (report.Passed, report.Count, report.Highest));
        Assert.False(File.Exists(project.LockPath));
    }

    [Fact]
    public void A_root_that_does_not_exist_is_sound()
    {
        using var project = new TopicProject();
        var report = project.Open().Check();
        Assert.Equal((true, 0, 0), (report.Passed, report.Count, report.Highest));
        Assert.False(Directory.Exists(project.Root));
    }

    [Theory]
    [InlineData(new[] { "001_a", "001_b" }, "duplicate:001")]
    [InlineData(new[] { "001_a", "0001_a" }, "duplicate:001 misnamed:0001_a")]
    [InlineData(new[] { "001_a", "003_b" }, "gap:002")]
    [InlineData(new[] { "003_a", "007_b" }, "gap:001-002 gap:004-006")]
    [InlineData(new[] { "000_a" }, "")]
    [InlineData(new[] { "1_a", "2 b", "003-c", "2024-01-01" }, "dated:2024-01-01 misnamed:1_a misnamed:2 b misnamed:003-c")]
    [InlineData(new[] { "063_a", "63-b", "0063 c" }, "duplicate:063 gap:001-062 misnamed:0063 c misnamed:63-b")]
    [InlineData(new[] { "001_a", "12345-fix", "3d", "03-19_x" }, "misnamed:03-19_x misnamed:12345-fix misnamed:3d")]
    [InlineData(new[] { "1899_a", "2100_b" }, "gap:001-1898 gap:1900-2099")]
    [InlineData(new[] { "1899_a", "1900_b", "1901-c" }, "gap:001-1898 dated:1901-c")]
    [InlineData(new[] { "001_Auth Flow" }, "misnamed:001_Auth Flow")]
    [InlineData(new[] { "001_" }, "misnamed:001_")]
    [InlineData(new[] { "001_a", "1000000000_b" }, "dated:1000000000_b")]
    [InlineData(new[] { "001_a", "1000000_b" }, "misnamed:1000000_b")]
    public void Each_finding_is_named(string[] folders, string expected)
    {
        using var project = new TopicProject().With(folders);
        var report = project.Open().Check();
        Assert.Equal(expected, string.Join(' ', report.Issues.Select(issue => $"{issue.Kind}:{issue.Subject}")));
        Assert.Equal(report.Issues.All(issue => issue.Kind is "gap" or "dated"), report.Passed);
        Assert.All(report.Issues, issue => Assert.Equal(issue.Kind is not ("gap" or "dated"), issue.IsError));
    }

    [Fact]
    public void A_file_with_a_topics_number_is_misnamed_and_leaves_no_gap()
    {
        using var project = new TopicProject().With("001_a", "003_c").WithFile("002_b");
        var report = project.Open().Check();
        Assert.Equal(("misnamed", "002_b"), Assert.Single(report.Issues.Select(issue => (issue.Kind, issue.Subject))));
        Assert.Equal((2, 3), (report.Count, report.Highest));
    }

    [Fact]
    public void A_lock_that_is_held_is_an_error_and_the_names_are_audited_all_the_same()
    {
        using var project = new TopicProject().With("001_a", "001_b");
        var store = project.Open();
        var lockPath = Path.Combine(store.Root, TopicStore.LockFileName);
        using (ExclusiveLock.Acquire(lockPath))
        {
            TopicReport? report = null;
            var other = new Thread(() => report = store.Check());
            other.Start();
            other.Join();
            Assert.Equal([("duplicate", "001"), ("locked", lockPath)], report!.Issues.Select(issue => (issue.Kind, issue.Subject)));
            Assert.Contains(store.Check().Issues, issue => issue.Kind == "locked");
        }
        Assert.DoesNotContain(store.Check().Issues, issue => issue.Kind == "locked");
    }
}
