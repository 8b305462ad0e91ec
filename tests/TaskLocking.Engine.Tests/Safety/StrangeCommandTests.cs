using System;
using System.IO;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>The command meets strange things: it ends, with the right code, and names what stands where.</summary>
public sealed class StrangeCommandTests : IDisposable
{
    private readonly CliWorkspace _place = new CliWorkspace().With("A", "B");
    private readonly OutsideFolder _outside;

    public StrangeCommandTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's kinds of files.");
        _place.Run("lock", "A", "--", "true");
        _outside = new OutsideFolder(Path.Combine(_place.Folder, "outside"));
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("fifo", "state.todo2.json")]
    [InlineData("socket", "state.todo2.json")]
    [InlineData("dangling", "state.todo2.json.lock")]
    [InlineData("loop", "state.todo2.json.lock")]
    [InlineData("fifo", "journal/0000000001.jsonl")]
    [InlineData("link", "journal")]
    [InlineData("dangling", "journal/flushing")]
    [InlineData("folder", "journal/flushing")]
    [InlineData("link", "locks/task_A.lock")]
    public void A_commit_that_needs_it_is_refused_by_its_name(string kind, string place)
    {
        Put(kind, place);
        var refused = _place.Run("--json", "task", "set", "A", "--name", "n", "--timeout", "1").Refusal("UnsafeFile", 10);
        Assert.Contains(Path.GetFileName(place), refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        _outside.AssertUntouched();
    }

    [Theory]
    [InlineData("fifo", "journal/published")]
    [InlineData("link", "journal/published")]
    [InlineData("dangling", "journal/published")]
    [InlineData("link", "metrics.jsonl")]
    [InlineData("folder", "metrics.lock")]
    [InlineData("link", ".gitignore")]
    [InlineData("fifo", "locks/task_B.holder")]
    public void What_only_helps_stops_no_commit(string kind, string place)
    {
        Put(kind, place);
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, _place.Run("task", "set", "B", "--name", "n" + i, "--timeout", "1").ExitCode);
        Assert.Equal("n1", _place.Run("task", "get", "B", "--json").Document().GetProperty("name").GetString());
        _outside.AssertUntouched();
    }

    [Theory]
    [InlineData("folder", "flushing")]
    [InlineData("dangling", "flushing")]
    [InlineData("another's", "flushing")]
    [InlineData("folder", "published")]
    public void A_check_names_what_stands_where_the_journal_is_written_about(string kind, string name)
    {
        Assert.SkipUnless(kind != "another's" || StrangeThing.IsRoot, "Only root can make it.");
        Put(kind, "journal/" + name);
        var check = _place.Run("check");
        Assert.Equal(10, check.ExitCode);
        Assert.Contains("FAILED Files:", check.Output, StringComparison.Ordinal);
        Assert.Contains("/journal/" + name, check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flushing")]
    [InlineData("published")]
    public void What_is_immutable_is_named_by_a_check_and_a_commit_goes_by_that(string name)
    {
        Assert.SkipUnless(StrangeThing.IsRoot, "Only root can make it immutable.");
        var answer = _place.RunScript($"""
            file="$PWD/.todo2/journal/{name}"
            chattr +i "$file" || exit 0
            $TASKLOCK check | grep Files: || true
            $TASKLOCK task set A --name n 2>&1 || echo "exit $?"
            chattr -i "$file"
            $TASKLOCK task set A --name m
            """);
        if (answer.Output.Length == 0)
            Assert.Skip("The file system has no such files.");
        Assert.Contains("FAILED Files:", answer.Output, StringComparison.Ordinal);
        Assert.Contains("/journal/" + name, answer.Output, StringComparison.Ordinal);
        Assert.Equal(name == "flushing", answer.Output.Contains("exit 10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("fifo")]
    public void A_holder_takes_away_what_stands_in_the_place_of_his_name(string kind)
    {
        Put(kind, "locks/task_A.holder");
        var held = _place.RunScript("exec $TASKLOCK lock A --agent me -- sh -c 'cat .todo2/locks/task_A.holder'");
        Assert.Contains("\"me\"", held.Output, StringComparison.Ordinal);
        _outside.AssertUntouched();
    }

    [Fact]
    public void A_task_whose_lock_cannot_be_used_is_named_and_the_next_one_is_given()
    {
        Put("fifo", "locks/task_A.lock");
        var answer = _place.Run("next", "--agent", "a");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("B", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Task A is passed over", answer.Error, StringComparison.Ordinal);
        Assert.Contains("task_A.lock", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_publish_the_commit_stands_and_that_is_told()
    {
        Put("fifo", "journal/publish.lock");
        var answer = _place.Run("task", "set", "A", "--name", "n", "--timeout", "1");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("publish.lock", answer.Error, StringComparison.Ordinal);
        _place.Run("--json", "sync").Refusal("UnsafeFile", 10);
        var check = _place.Run("check");
        Assert.Equal(10, check.ExitCode);
        Assert.Contains("FAILED Files:", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_system_that_is_not_known_to_be_local_is_used_as_a_share()
    {
        Assert.SkipUnless(File.Exists("/dev/fuse") && File.Exists("/usr/bin/bindfs"), "Needs bindfs.");
        var answer = _place.RunScript("""
            mkdir real mounted; bindfs --enable-lock-forwarding --multithreaded -o subtype=juicefs real mounted
            export TASKLOCKING_WORKSPACE="$PWD/mounted"
            ($TASKLOCK task new C > /dev/null && $TASKLOCK task set C --name n > /dev/null && $TASKLOCK check | grep Mount:) || true
            umount mounted
            """);
        Assert.Contains("not known to be local", answer.Output, StringComparison.Ordinal);
    }

    private void Put(string kind, string place)
    {
        StrangeThing.Put(kind, Path.Combine([_place.Folder, ".todo2", .. place.Split('/')]), _outside.Path);
        _outside.Remember();
    }
}
