using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A commit of git that changes what somebody else has: with a real git, hook and working trees.</summary>
public sealed class FileGuardTests : IDisposable
{
    private const string AsMe = "git -c user.name=n -c user.email=e@x -c init.defaultBranch=main -c commit.gpgsign=false ";

    private readonly CliWorkspace _cli = new();

    public FileGuardTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts are for bash");
        Git("git init -q; mkdir .todo2; echo .todo2 > .git/info/exclude; echo 1 > a.txt; echo 1 > b.txt; git add .; " + AsMe
            + "commit -qm one");
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("echo 2 > a.txt; git add a.txt", "a.txt")]
    [InlineData("git rm -q a.txt", "a.txt")]
    [InlineData("git mv a.txt c.txt", "a.txt")]
    [InlineData("git mv b.txt c.txt", "c.txt")]
    [InlineData("mkdir -p 'd [x]'; echo 1 > $'d [x]/é \\n\\'q'; git add .", "d [[]x]/*")]
    public void What_somebody_else_has_is_not_committed(string change, string leased)
    {
        Git(change);
        Assert.Equal(0, Guard("ann").ExitCode);
        _cli.Run("file", "lock", leased, "--agent", "bob");
        var refused = Guard("ann");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("is not yours to commit", refused.Error);
        Assert.Contains("bob", refused.Error);
        Assert.Equal(0, Guard("bob").ExitCode);
        Assert.Equal(3, _cli.Run("file", "guard").ExitCode);
        Assert.Single(_cli.Run("file", "guard", "--agent", "ann", "--json").Partial().EnumerateArray());
    }

    [Fact]
    public void What_is_not_staged_is_nobodys_matter()
    {
        _cli.Run("file", "lock", "a.txt", "--agent", "bob");
        Git("echo 2 > a.txt; echo 2 > b.txt; git add b.txt");
        Assert.Equal(0, Guard("ann").ExitCode);
    }

    [Fact]
    public void The_hook_has_git_refuse_and_keeps_what_was_there()
    {
        File.WriteAllText(Hook, "#!/bin/sh\necho mine >> seen\n");
        Git("chmod +x .git/hooks/pre-commit");
        Assert.Contains("looks at the leases", _cli.Run("file", "guard", "--install").Output);
        Assert.False(_cli.Run("file", "guard", "--install", "--json").Document().GetProperty("changed").GetBoolean());
        Assert.EndsWith("echo mine >> seen\n", File.ReadAllText(Hook));
        _cli.Run("file", "lock", "a.txt", "--agent", "bob");
        Git("echo 2 > a.txt; echo 2 > b.txt; git add b.txt");
        Assert.NotEqual(0, Commit("-am two").ExitCode);
        Assert.NotEqual(0, Commit("-m two a.txt").ExitCode);
        Assert.False(File.Exists(Path.Combine(_cli.Folder, "seen")));
        Assert.Equal(0, Commit("-m two b.txt").ExitCode); // Of the others nothing goes into this one.
        Assert.Equal("mine\n", File.ReadAllText(Path.Combine(_cli.Folder, "seen")));
        Assert.Equal(0, Commit("-am three", "TASKLOCKING_AGENT=bob").ExitCode);
    }

    [Fact]
    public void A_hook_that_is_no_script_of_a_shell_is_left_alone()
    {
        foreach (var text in new[] { "#!/usr/bin/env python3\nprint(1)\n", "no script", "\u007fELF\0" })
        {
            File.WriteAllText(Hook, text);
            _cli.Run("file", "guard", "--install", "--json").Refusal("StatusConflict", 6);
            Assert.Equal(text, File.ReadAllText(Hook));
        }
    }

    [Fact]
    public void All_working_trees_share_the_hook_and_the_leases()
    {
        Git("git worktree add -q ../" + Path.GetFileName(_cli.Folder) + "-tree -b other");
        var tree = _cli.Folder + "-tree";
        try
        {
            Assert.Equal(0, _cli.RunScript("cd \"$1\"; exec \"$TASKLOCK\" file guard --install", tree).ExitCode);
            Assert.Contains("tasklock file guard", File.ReadAllText(Hook));
            _cli.Run("file", "lock", "a.txt", "--agent", "bob");
            var refused = _cli.RunScript("cd \"$1\"; echo 3 > a.txt; git add .; exec \"$TASKLOCK\" file guard --agent ann", tree);
            Assert.Equal(3, refused.ExitCode);
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    [Fact]
    public void A_folder_of_hooks_that_is_set_is_minded()
    {
        Git("git config core.hooksPath .hooks");
        Assert.Equal(Path.Combine(_cli.Folder, ".hooks", "pre-commit"),
            _cli.Run("file", "guard", "--install", "--json").Document().GetProperty("hook").GetString());
        Assert.Equal(0, _cli.RunScript("test -x .hooks/pre-commit").ExitCode);
    }

    [Fact]
    public void The_first_commit_is_looked_at_and_no_repository_is_refused()
    {
        Git("rm -rf .git; git init -q; echo .todo2 > .git/info/exclude; git add .");
        _cli.Run("file", "lock", "a.txt", "--agent", "bob");
        Assert.Equal(3, Guard("ann").ExitCode);
        Git("rm -rf .git");
        _cli.Run("file", "guard", "--json").Refusal("InvalidArgument", 2);
    }

    private string Hook => Path.Combine(_cli.Folder, ".git", "hooks", "pre-commit");

    private TasklockAnswer Guard(string agent) => _cli.Run("file", "guard", "--agent", agent);

    private TasklockAnswer Commit(string words, string variables = "X=") => _cli.RunScript(
        "PATH=\"$(dirname \"$TASKLOCK\"):$PATH\" " + variables + " " + AsMe + "commit -q " + words);

    private void Git(string script)
    {
        var answer = _cli.RunScript(script);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }
}
