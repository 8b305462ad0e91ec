using System;
using System.IO;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>A repository that one clones can carry links, and a store with anything in it. No command is led out of it.</summary>
public sealed class ClonedRepositoryTests : IDisposable
{
    private static readonly string[][] Commands =
    [
        ["task", "set", "A", "--name", "n"], ["lock", "A", "--timeout", "1", "--", "true"], ["sync"], ["topic", "new", "second"],
        ["topic", "artifact", "1", "plans"], ["metrics", "--reset"],
    ];

    private readonly CliWorkspace _place = new();

    public ClonedRepositoryTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs links.");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(".todo2/journal", "folder")]
    [InlineData(".todo2/locks", "folder")]
    [InlineData(".todo2/aside", "folder")]
    [InlineData(".todo2/metrics.jsonl", "victim")]
    [InlineData(".todo2/metrics.lock", "new")]
    [InlineData(".todo2/state.todo2.json.lock", "victim")]
    [InlineData(".todo2/state.todo2.json.bak", "victim")]
    [InlineData(".todo2/journal/published", "new")]
    [InlineData(".todo2/journal/publish.lock", "victim")]
    [InlineData(".todo2/locks/task_A.holder", "victim")]
    [InlineData(".todo2/locks/task_A.lock", "new")]
    [InlineData(".todo2/.gitignore", "new")]
    [InlineData(".todo2", "nothing")]
    [InlineData(".claude/specs", "folder")]
    [InlineData(".claude/specs", "nothing")]
    [InlineData(".claude", "folder")]
    [InlineData("specs", "folder")]
    [InlineData(".claude/specs/001_first", "folder")]
    [InlineData(".claude/specs/001_first/plans", "nothing")]
    [InlineData(".claude/specs/.topic_number.lock", "new")]
    public void Its_links_are_not_followed(string link, string target)
    {
        var outside = new OutsideFolder(Path.Combine(_place.Folder, "outside"));
        Directory.CreateDirectory(Path.Combine(outside.Path, "folder"));
        File.WriteAllText(Path.Combine(outside.Path, "victim"), "precious\n");
        StrangeThing.Give(Path.Combine(outside.Path, "victim"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // What a killed process could have left, and a sweep would take away.
        File.WriteAllText(Path.Combine(outside.Path, "folder", ".published.abcdefgh.ijk.tmp"), "precious");
        File.WriteAllText(Path.Combine(outside.Path, "folder", "0000000001.jsonl"), "precious");
        outside.Remember();
        var made = _place.RunScript("""
            export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
            mkdir origin && cd origin && git init -q . && git config user.name n && git config user.email e@example.org
            $TASKLOCK task new A > /dev/null; rm -rf .todo2/journal .todo2/*.lock .todo2/*.bak .todo2/.gitignore .todo2/metrics*
            [ "$1" = specs ] || mkdir -p .claude/specs/001_first
            rm -rf "$1"; mkdir -p "$(dirname "$1")"; ln -s "$2" "$1"
            git add -f -A && git commit -qm x && git clone -q . ../clone
            """, link, Path.Combine(outside.Path, target));
        Assert.True(made.ExitCode == 0, made.Error);
        foreach (var command in Commands)
        {
            using var process = TasklockProcess.Start(Path.Combine(_place.Folder, "clone"), null, command);
            var answer = process.Finish();
            Assert.True(answer.ExitCode is 0 or 4 or 6 or 10, $"{string.Join(' ', command)}: exit code {answer.ExitCode}, {answer.Error}");
            outside.AssertUntouched();
        }
    }
}
