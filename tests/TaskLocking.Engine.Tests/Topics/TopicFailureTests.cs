using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicFailureTests
{
    private static readonly LockOptions Once = new() { Timeout = TimeSpan.Zero };

    [Fact]
    public void A_name_with_nothing_left_makes_nothing_at_all()
    {
        using var project = new TopicProject();
        Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() => project.Open().Create(["fine", "!!!"])));
        Assert.False(Directory.Exists(project.Root));
    }

    [Fact]
    public void A_held_lock_is_waited_for_then_told_and_no_number_is_used()
    {
        using var project = new TopicProject().With("001_a");
        using (ExclusiveLock.Acquire(Path.Combine(project.Open().Root, Path.GetFileName(project.LockPath))))
        {
            var code = RefusalCode.InvalidArgument;
            var other = new Thread(() => code = TopicProject.CodeOf(() => project.Open().Create(["b"], options: Once)));
            other.Start();
            other.Join();
            Assert.Equal(RefusalCode.LockTimeout, code);
        }
        Assert.Equal("002", project.Open().Create(["b"])[0].Number);
    }

    [Fact]
    public void A_cancelled_call_makes_no_topic()
    {
        using var project = new TopicProject().With("001_a");
        Assert.ThrowsAny<OperationCanceledException>(() => project.Open().Create(["b"],
            cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(["001_a"], project.Names());
    }

    [Fact]
    public void A_root_that_became_a_file_is_PathNotFound()
    {
        using var project = new TopicProject();
        var store = project.Open();
        File.WriteAllText(project.Root, "");
        Assert.Equal(RefusalCode.PathNotFound, TopicProject.CodeOf(() => store.Create(["a"])));
    }

    [Fact]
    public void A_link_to_nothing_as_root_is_PathNotFound()
    {
        using var project = new TopicProject();
        var store = project.Open();
        Directory.CreateSymbolicLink(project.Root, Path.Combine(project.Folder, "nowhere"));
        Assert.Equal(RefusalCode.PathNotFound, TopicProject.CodeOf(() => store.Create(["a"])));
    }

    [Fact]
    public void A_failed_mkdir_takes_back_the_ones_before_it_uses_no_number_and_frees_the_lock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The longest path is a limit of Linux.");
        using var project = new TopicProject();
        // Long enough that a short name still fits into a path of the system and a long one does not: this fails for root, too.
        var root = project.Open().Root;
        while (root.Length < 4064)
            root = Path.Combine(root, new string('d', Math.Clamp(4063 - root.Length, 1, 200)));
        var store = TaskLocking.TopicStore.Open(project.Folder, root);
        Assert.Equal("001", store.Create(["kept"])[0].Number);
        Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() => store.Create(["a", "b", new string('x', 50)])));
        Assert.Equal(["001_kept"], Directory.GetDirectories(root).Select(Path.GetFileName));
        Assert.Equal("002", store.Create(["next"], options: Once)[0].Number);
    }

    [Fact]
    public void A_series_that_has_ended_is_refused_and_makes_nothing()
    {
        using var project = new TopicProject().With("99998_a");
        Assert.Equal(RefusalCode.StoreUnavailable, TopicProject.CodeOf(() => project.Open().Create(["b", "c"])));
        Assert.Equal(["99998_a"], project.Names());
        Assert.Equal("99999", project.Open().Create(["b"])[0].Number);
        Assert.Equal(RefusalCode.StoreUnavailable, TopicProject.CodeOf(() => project.Open().Create(["c"])));
    }
}
