using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Topics;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

public sealed class WorkspaceCheckTests
{
    internal static readonly string[] Names =
        ["Exclusion", "ExclusionAcrossProcesses", "ReleaseOnKill", "RenameOverOpenFile", "Flush", "Clock", "State", "Todos", "Archive",
        "Document",
            "Copies", "Owner", "Files", "Rights", "Mount"];

    [Fact]
    public void A_sound_workspace_passes_every_test_and_is_left_as_it_was()
    {
        using var project = new TopicProject();
        var report = WorkspaceCheck.Run(project.Folder, Holder);
        Assert.All(report.Items, item => Assert.True(item.Passed, item.Name + ": " + item.Detail));
        Assert.Equal(Names, report.Items.Select(item => item.Name));
        Assert.True(report.Passed);
        Assert.Equal(project.Folder, report.Workspace);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Folder));
    }

    [Fact]
    public void The_mount_is_named_on_Linux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there the system tells in every case.");
        using var project = new TopicProject();
        var report = WorkspaceCheck.Run(project.Folder, Holder);
        Assert.StartsWith(report.Mount!, project.Folder, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(report.FileSystem));
    }

    [Fact]
    public void A_second_process_that_does_not_lock_is_found_out()
    {
        using var project = new TopicProject();
        Assert.Equal(["ExclusionAcrossProcesses"], Failures(project.Folder, _ => Shell("echo locked; exec cat")));
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("echo no >&2; exit 3")]
    [InlineData("echo something else; exec cat")]
    public void A_second_process_that_does_not_work_fails_its_two_tests_alone(string script)
    {
        using var project = new TopicProject();
        Assert.Equal(["ExclusionAcrossProcesses", "ReleaseOnKill"], Failures(project.Folder, _ => Shell(script)));
    }

    [Fact]
    public void A_second_process_that_is_not_there_fails_its_two_tests_alone()
    {
        using var project = new TopicProject();
        Assert.Equal(["ExclusionAcrossProcesses", "ReleaseOnKill"],
            Failures(project.Folder, _ => new ProcessStartInfo(Path.Combine(project.Folder, "missing"))));
    }

    [Fact]
    public void A_workspace_that_is_not_there_fails_what_needs_it_and_nothing_is_made()
    {
        using var project = new TopicProject();
        File.WriteAllText(Path.Combine(project.Folder, "file"), "");
        var failures = Failures(Path.Combine(project.Folder, "file"), Holder);
        Assert.Equal(Names.Except(["State", "Todos", "Archive", "Document", "Copies", "Owner", "Rights", "Mount"]), failures);
        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(project.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Cancelled_it_throws_and_leaves_nothing()
    {
        using var project = new TopicProject();
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => WorkspaceCheck.Run(project.Folder, Cancelling, source.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Folder));

        ProcessStartInfo Cancelling(string path)
        {
            source.Cancel();
            return Shell("exec cat");
        }
    }

    [Fact]
    public void A_broken_store_is_told_with_its_own_sentence()
    {
        using var project = new TopicProject();
        Directory.CreateDirectory(Path.Combine(project.Folder, ".todo2"));
        File.WriteAllText(Path.Combine(project.Folder, ".todo2", "state.todo2.json"), "{ \"todos\": [ broken");
        Assert.Equal(["State"], Failures(project.Folder, Holder));
        Assert.Equal("{ \"todos\": [ broken", File.ReadAllText(Path.Combine(project.Folder, ".todo2", "state.todo2.json")));
    }

    private static string[] Failures(string workspace, Func<string, ProcessStartInfo> holder)
    {
        var report = WorkspaceCheck.Run(workspace, holder);
        Assert.Equal(report.Items.All(item => item.Passed), report.Passed);
        Assert.All(report.Items, item => Assert.NotEqual("", item.Detail));
        return report.Items.Where(item => !item.Passed).Select(item => item.Name).ToArray();
    }

    // flock(1) takes the kernel's lock that FileShare.None takes. One process: killed, nobody is left who has the file open.
    private static ProcessStartInfo Holder(string path) => Shell("exec 9>\"$1\"; flock -n 9 && echo locked && exec cat >/dev/null", path);

    private static ProcessStartInfo Shell(string script, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The second process is a shell with flock(1).");
        return new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. arguments]);
    }
}
