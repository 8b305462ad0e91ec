using System;
using System.Diagnostics;
using System.IO;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>A repository that git itself made, with worktrees, in each of which the document of a board is checked out.</summary>
internal sealed class FleetTrees : IDisposable
{
    // The first tree is the main one, where there is one.
    private const string Make = """
        export GIT_CONFIG_NOSYSTEM=1 HOME=$PWD
        git init -q -b main main && cd main && git config user.name n && git config user.email e@example.org
        mkdir .todo2 && echo '{"todos": []}' >.todo2/state.todo2.json && git add -A && git commit -qm x && cd ..
        common=main/.git first=1
        if [ "$1" = bare ]; then git clone -q --bare main bare.git; common=bare.git first=0; fi
        for ((i = first; i < $2; i++)); do git --git-dir="$common" worktree add -q "$PWD/tree-$i" -b "w$i"; done
        """;

    private readonly TempWorkspace _place = new();
    private readonly bool _isBare;
    private readonly int _count;

    public FleetTrees(bool isBare, int count)
    {
        (_isBare, _count) = (isBare, count);
        var info = new ProcessStartInfo("bash", ["-euc", Make, "bash", isBare ? "bare" : "", $"{count}"])
        {
            WorkingDirectory = _place.Path,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        // A hook that runs the tests has these set.
        foreach (var variable in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE" })
            info.Environment.Remove(variable);
        using var made = Process.Start(info)!;
        var error = made.StandardError.ReadToEnd();
        made.WaitForExit();
        Assert.True(made.ExitCode == 0, error);
    }

    /// <summary>The folder that has the one board.</summary>
    public string Board => _isBare ? _place.In("bare.git") : _place.In("main");

    public string Tree(int number) => !_isBare && number == 0 ? _place.In("main") : _place.In("tree-" + number);

    public void HaveNoBoardOfTheirOwn()
    {
        for (var number = _isBare ? 0 : 1; number < _count; number++)
        {
            Assert.Equal("{\"todos\": []}\n", File.ReadAllText(Path.Combine(Tree(number), ".todo2", "state.todo2.json")));
            Assert.Single(Directory.GetFileSystemEntries(Path.Combine(Tree(number), ".todo2")));
        }
    }

    public void Dispose() => _place.Dispose();
}
