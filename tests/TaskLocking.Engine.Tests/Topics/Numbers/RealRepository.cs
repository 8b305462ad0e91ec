using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>Repositories that git itself makes, in a folder that goes with the test; settings of the machine do not count.</summary>
internal sealed class RealRepository : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);

    public RealRepository()
    {
        File.WriteAllText(_place.In("config"), "[user]\n\tname = n\n\temail = e@example.org\n[init]\n\tdefaultBranch = main\n"
            + "[diff]\n\trenames = copies\n[advice]\n\tdetachedHead = false\n[http]\n\treceivepack = true\n");
        Main = Directory.CreateDirectory(_place.In("main")).FullName;
        Git(Main, "init", "-q");
        Directory.CreateDirectory(Path.Combine(Main, "specs"));
    }

    public string Main { get; }

    public string In(params string[] parts) => _place.In(parts);

    /// <summary>What a git of the test, and every one that is started by it, goes by.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = _place.In("config"),
        ["HOME"] = _place.Path,
    };

    /// <summary>Runs git, which must do it, and gives what it says.</summary>
    public string Git(string folder, params string[] arguments) => Git(folder, null, arguments);

    private string Git(string folder, string? date, string[] arguments)
    {
        var info = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        if (date is not null)
            info.Environment["GIT_COMMITTER_DATE"] = date;
        using var git = Process.Start(info)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
        return output.TrimEnd('\n');
    }

    /// <summary>Commits all there is in a tree.</summary>
    public void Commit(string tree, string? date = null)
    {
        Git(tree, "add", "-A");
        Git(tree, date, ["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    /// <summary>A linked worktree on a branch of its own.</summary>
    public string Worktree(string name)
    {
        Git(Main, "worktree", "add", "-q", In(name), "-b", name);
        return In(name);
    }

    public string Clone(string name, params string[] how)
    {
        Git(_place.Path, ["clone", "-q", .. how, In(name)]);
        return In(name);
    }

    /// <summary>A folder with a file, as a person makes it.</summary>
    public static void Put(string tree, params string[] names)
    {
        foreach (var name in names)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(tree, "specs", name)).FullName, "spec.md"), name + "\n");
    }

    /// <summary>The next number; fails where the answer comes with a word that was not expected.</summary>
    public static TopicDirectory New(string tree, string name = "x", TopicRequest? request = null, StoreNoticeKind? told = null)
    {
        using var store = TopicStore.Open(tree, "specs", oneShot: true);
        var topic = store.Create([name], request ?? new TopicRequest())[0];
        Assert.Equal(told is null ? [] : [told.Value], store.TakeNotices().Select(notice => notice.Kind));
        return topic;
    }

    /// <summary>git as the store has it.</summary>
    public static TopicGit Of(string tree)
    {
        var place = TopicPlace.Of(WorkspacePath.Canonical(Path.Combine(tree, "specs")))!;
        return new TopicGit(new GitProgram(GitProgram.Find()!, tree, TestContext.Current.CancellationToken), place);
    }

    public void Dispose() => _place.Dispose();
}
