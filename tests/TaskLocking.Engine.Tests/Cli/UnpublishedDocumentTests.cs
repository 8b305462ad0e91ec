using System;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// A document that cannot be replaced: mounted by itself into a container, for reading only, with other names. What was acknowledged
/// stands, the document is never somebody else's for that, and who looks is told.
/// </summary>
public sealed class UnpublishedDocumentTests : IDisposable
{
    private const string Begin = """
        mkdir .todo2
        printf '{"todos":[{"id":"R-1","status":"Todo"}],"lastModified":"2026-01-01T00:00:00Z"}\n' >shared.json
        cp shared.json .todo2/state.todo2.json
        mount --bind shared.json .todo2/state.todo2.json

        """;

    private readonly CliWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Mounted_by_itself_it_is_written_in_place_and_nothing_is_lost()
    {
        var answer = _place.RunWithMounts(Begin + """
            for id in N-1 N-2 N-3; do "$TASKLOCK" task new $id >/dev/null; "$TASKLOCK" task get R-1 $id >/dev/null; done
            "$TASKLOCK" next --agent w --json >/dev/null
            grep -oE '"id": ?"N-' shared.json | wc -l; "$TASKLOCK" sync
            """);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        Assert.StartsWith("3\nVersion 4: 4 tasks", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_writes_through_the_mount_is_taken_over_and_removes_nothing_without_our_mark()
    {
        var answer = _place.RunWithMounts(Begin + """
            "$TASKLOCK" task new N-1 >/dev/null
            printf '{"todos":[{"id":"F-1","status":"Todo"}]}' >shared.json
            "$TASKLOCK" task set F-1 --name x
            "$TASKLOCK" task get | tail -n +2 | cut -d' ' -f1 | tr '\n' ' '
            """);
        Assert.Equal(0, answer.ExitCode);
        Assert.EndsWith("\nR-1 N-1 F-1 ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("2 tasks (R-1, N-1)", Assert.Single(answer.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mount -o remount,bind,ro .todo2/state.todo2.json", "reading only")]
    [InlineData("ln shared.json other.json", "other names")]
    public void Where_it_can_be_neither_replaced_nor_written_the_commit_stands_and_every_command_says_so(string obstacle, string reason)
    {
        var answer = _place.RunWithMounts(Begin + obstacle + """

            cp shared.json before.json
            "$TASKLOCK" task new N-1 2>1 >/dev/null
            "$TASKLOCK" task get N-1 2>2 >/dev/null
            "$TASKLOCK" task new N-2 2>3 >/dev/null
            "$TASKLOCK" progress 2>4 >/dev/null
            wc -l 1 2 3 4 | tr -s ' '
            cat 1
            cmp shared.json before.json
            set +e
            "$TASKLOCK" sync --json 2>5 >/dev/null; echo "sync $?"
            "$TASKLOCK" check | grep Document:; echo "check ${PIPESTATUS[0]}"
            umount .todo2/state.todo2.json
            "$TASKLOCK" sync 2>&1 | cut -d, -f1
            grep -oE '"id": ?"N-[12]"' .todo2/state.todo2.json | grep -o 'N-.' | tr '\n' ' '
            """);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(" 1 1\n 1 2\n 1 3\n 1 4\n", answer.Output, StringComparison.Ordinal);
        Assert.Contains("tasklock: warning: Others see an old document", answer.Output, StringComparison.Ordinal);
        Assert.Contains(reason, answer.Output, StringComparison.Ordinal);
        Assert.Contains("\nsync 10\nFAILED Document: ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\ncheck 10\nVersion 2: 3 tasks\n", answer.Output, StringComparison.Ordinal);
        Assert.EndsWith("N-1 N-2 ", answer.Output, StringComparison.Ordinal);
        var refusal = _place.RunScript("cat 5 >&2; exit 10").Refusal("DocumentNotPublished", 10);
        Assert.EndsWith("state.todo2.json", refusal.GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_tries_the_very_name_and_fails_where_it_cannot_be_replaced()
    {
        var answer = _place.RunWithMounts(Begin + """
            "$TASKLOCK" task new N-1 >/dev/null
            set +e
            "$TASKLOCK" check >seen; echo $?
            grep Document: seen
            """);
        Assert.StartsWith("10\nFAILED Document: ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("written in place", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_leaves_a_document_that_can_be_replaced_as_it_is()
    {
        var answer = _place.RunScript("""
            "$TASKLOCK" task new N-1 >/dev/null
            cp .todo2/state.todo2.json before; touch -r .todo2/state.todo2.json before
            "$TASKLOCK" check >seen
            cmp before .todo2/state.todo2.json
            [ ! before -nt .todo2/state.todo2.json ] && [ ! before -ot .todo2/state.todo2.json ]
            grep Document: seen
            "$TASKLOCK" task new N-2 >/dev/null; ls -A .todo2 | tr '\n' ' '
            """);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        Assert.Contains("ok     Document: ", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("aside", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_processes_at_once_write_it_in_place_and_no_reader_takes_half_of_it_for_broken()
    {
        var answer = _place.RunWithMounts(Begin + """
            for n in 1 2 3 4
            do (for i in 1 2 3 4 5; do "$TASKLOCK" task new N-$n-$i >/dev/null; "$TASKLOCK" task get >/dev/null; done) & done; wait
            "$TASKLOCK" sync | cut -d, -f1; grep -oE '"id": ?"N-' shared.json | wc -l
            """);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        Assert.Equal("Version 20: 21 tasks\n20\n", answer.Output);
    }
}
