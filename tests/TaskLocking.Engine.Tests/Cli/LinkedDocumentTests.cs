using System;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// A document that is a link: to that of another store it is followed, anything else is refused by name, and it never becomes a file.
/// </summary>
public sealed class LinkedDocumentTests : IDisposable
{
    private readonly CliWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("ln -s ../../main/.todo2/state.todo2.json wt/.todo2/state.todo2.json")]
    [InlineData("ln -s \"$PWD/main/.todo2/state.todo2.json\" wt/.todo2/state.todo2.json")]
    [InlineData("ln -s main between; ln -s ../../between/.todo2/state.todo2.json wt/.todo2/state.todo2.json")]
    [InlineData("D=.todo2/state.todo2.json; mkdir -p two/.todo2; ln -s ../../main/$D two/$D; ln -s ../../two/$D wt/$D")]
    public void A_link_to_the_document_of_another_store_leads_to_that_store(string link)
    {
        var answer = _place.RunScript($"""
            mkdir -p main wt/.todo2; (cd main; "$TASKLOCK" task new A >/dev/null)
            ({link})
            cd wt; "$TASKLOCK" task new B >/dev/null; "$TASKLOCK" next --agent w --json >/dev/null; "$TASKLOCK" sync >/dev/null
            [ -L .todo2/state.todo2.json ]; ls -A .todo2
            cd ../main; "$TASKLOCK" task get | tail -n +2 | cut -d' ' -f1
            "$TASKLOCK" next --agent v --json | grep -oE '"id": ?"B"' | tr -d ' '
            """);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        Assert.Equal("state.todo2.json\nA\nB\n\"id\":\"B\"\n", answer.Output);
    }

    [Theory]
    [InlineData("ln -s nowhere/.todo2/state.todo2.json $D", "not there")]
    [InlineData("ln -s state.todo2.json $D", "circle")]
    [InlineData("mkdir folder; ln -s \"$PWD/folder\" $D", "folder")]
    [InlineData("echo '{\"todos\":[]}' >private.json; ln -s \"$PWD/private.json\" $D", "no document of a store")]
    [InlineData("mkdir other; echo '{\"todos\":[]}' >other/state.todo2.json; ln -s ../other/state.todo2.json $D", "no document of a store")]
    [InlineData("mkdir -p main/.todo2; echo '{\"todos\":[]}' >main/$D; mkdir .todo2/journal; ln -s ../main/$D $D", "hide the tasks")]
    public void Any_other_link_is_refused_by_name_and_nothing_is_done(string link, string reason)
    {
        var answer = _place.RunScript($"""
            mkdir -p .todo2; D=.todo2/state.todo2.json; {link}
            find . -type f ! -name '*.lock' -exec md5sum {"{}"} + | sort >/tmp/$$.before; set +e
            for verb in 'task new N-1' 'task get' 'sync' 'next --agent w'
            do "$TASKLOCK" --timeout 1 $verb >/dev/null 2>>errors; echo $?; done
            "$TASKLOCK" check >seen; echo "check $?"; grep -c '^FAILED State: .*symbolic link' seen
            rm -f seen; mv errors /tmp/$$.errors
            find . -type f ! -name '*.lock' -exec md5sum {"{}"} + | sort | cmp - /tmp/$$.before && [ -L $D ] && echo same
            cat /tmp/$$.errors >&2; rm /tmp/$$.errors /tmp/$$.before
            """);
        Assert.Equal("10\n10\n10\n10\ncheck 10\n1\nsame\n", answer.Output);
        Assert.All(answer.Error.Split('\n'), line => Assert.Contains(reason, line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_that_becomes_a_link_while_the_store_is_open_stays_one()
    {
        var answer = _place.RunScript("""
            "$TASKLOCK" task new A >/dev/null
            mkdir elsewhere; mv .todo2/state.todo2.json elsewhere/; ln -s "$PWD/elsewhere/state.todo2.json" .todo2/state.todo2.json
            set +e; "$TASKLOCK" task new B 2>&1 >/dev/null | grep -c 'symbolic link'; [ -L .todo2/state.todo2.json ] && echo link
            rm .todo2/state.todo2.json; "$TASKLOCK" task get A >/dev/null && echo kept
            """);
        Assert.Equal("1\nlink\nkept\n", answer.Output);
    }
}
