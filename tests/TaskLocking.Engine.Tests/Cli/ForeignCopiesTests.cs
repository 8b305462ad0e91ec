using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// What file synchronisers, editors and people leave beside the store's files is as if it were not there, and is named by the check.
/// </summary>
public sealed class ForeignCopiesTests : IDisposable
{
    private readonly CliWorkspace _place = new CliWorkspace().With("A", "B");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("{0} (conflicted copy 2026-01-01){1}")]
    [InlineData("{0}.sync-conflict-20260101-120000-ABCDEFG{1}")]
    [InlineData("{0}{1}~")]
    [InlineData("{0}{1}.orig")]
    [InlineData("{0} 2{1}")]
    [InlineData("{0} - Kopie{1}")]
    [InlineData("Copy of {0}{1}")]
    [InlineData(".{0}{1}.swp")]
    public void Copies_change_nothing_and_are_named_by_the_check(string form)
    {
        string Name(string stem, string extension) => string.Format(CultureInfo.InvariantCulture, form, stem, extension);
        (string Folder, string Copy, string Own)[] names =
        [
            (".todo2/", Name("state.todo2", ".json"), "state.todo2.json"),
            (".todo2/journal/", Name("0000000001", ".jsonl"), "0000000001.jsonl"),
            (".todo2/locks/", Name("task_A", ".lock"), "task_A.lock"),
        ];
        var answer = _place.RunScript($"""
            "$TASKLOCK" lock A -- true; [ -e .todo2/locks/task_A.lock ]
            {string.Join('\n', names.Select(name => $"cp '{name.Folder}{name.Own}' '{name.Folder}{name.Copy}'"))}
            {string.Join('\n', names.Select(name => $"echo rubbish >>'{name.Folder}{name.Copy}'"))}
            "$TASKLOCK" task new C >/dev/null; "$TASKLOCK" task set A --status done >/dev/null; "$TASKLOCK" sync >/dev/null
            {string.Join('\n', names.Select(name => $"[ \"$(tail -n 1 '{name.Folder}{name.Copy}')\" = rubbish ]"))}
            "$TASKLOCK" task get | tail -n +2 | cut -d' ' -f1 | tr '\n' ' '; ls .todo2/journal/0*1.jsonl | wc -l
            "$TASKLOCK" check | grep Copies:
            """);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        Assert.StartsWith("A B C 1\nok     Copies: Remark: 3 files are not the store's", answer.Output, StringComparison.Ordinal);
        Assert.All(names, name => Assert.Contains(name.Copy, answer.Output, StringComparison.Ordinal));
    }

    // The journal of the folder that was copied with it is not read; the document alone, of which every task is known, begins the store.
    [Fact]
    public void Copies_alone_are_no_store()
    {
        var answer = _place.RunScript("""
            cd .todo2; mv journal/0000000001.jsonl 'journal/0000000001 (conflicted copy).jsonl'
            cp state.todo2.json.bak state.todo2.json.bak.orig; cd ..
            "$TASKLOCK" task new C >/dev/null; "$TASKLOCK" task get | tail -n +2 | cut -d' ' -f1 | tr '\n' ' '
            """);
        Assert.Equal(0, answer.ExitCode);
        Assert.Equal("A B C ", answer.Output);
    }
}
