using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Topics;

/// <summary>What audits and repairs ask of a repository: names of commits, where two lines part, and when a name first came.</summary>
internal sealed class GitHistory(GitProgram git, TopicPlace place)
{
    // Where nobody says what a branch goes into.
    private static readonly string[] MainBranches = ["main", "master", "trunk"];

    /// <summary>The commit that a person names.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: there is none of that name.</exception>
    public string Commit(string name)
    {
        var answer = git.Run(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"]);
        return answer.IsGood ? answer.Line : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{name}' is no commit or branch here. Fetch it first, or see 'git branch -a'.");
    }

    /// <summary>The commit that this tree stands on; null if there is none yet.</summary>
    public string? Head() => IsThere("HEAD", out var head) ? head : null;

    /// <summary>The branch that others go into: what a remote calls its own, else <c>main</c> or <c>master</c>.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: it is not to be told.</exception>
    public string Mainline()
    {
        var remotes = new GitRemotes(git, place).All();
        var names = remotes.Select(remote => $"refs/remotes/{remote}/HEAD")
            .Concat(remotes.SelectMany(remote => MainBranches.Select(name => $"refs/remotes/{remote}/{name}")))
            .Concat(MainBranches.Select(name => "refs/heads/" + name));
        return names.FirstOrDefault(name => IsThere(name, out _)) ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
            "Nobody says what this branch goes into. Name it, for example --against origin/main.");
    }

    /// <summary>The names in the root that a commit has, those that take a number.</summary>
    public IReadOnlyCollection<string> Names(string commit)
    {
        string[] path = place.Part.Length == 0 ? [] : ["--", place.Part + "/"];
        return place.NamesIn(git.Run(["ls-tree", "-z", "--full-tree", "--name-only", commit, .. path]).Good().Output);
    }

    /// <summary>The best commit that two have in common; null if there is none.</summary>
    public string? MergeBase(string one, string other) =>
        git.Run(["merge-base", one, other]) is { IsGood: true } common ? common.Lines.FirstOrDefault() : null;

    /// <summary>
    /// When names first came: the earliest commit that added each, as seen from some commits. One that none has is left out.
    /// </summary>
    public IReadOnlyDictionary<string, TopicBirth> Births(IReadOnlyCollection<string> names, IEnumerable<string> commits)
    {
        var births = new Dictionary<string, TopicBirth>(StringComparer.Ordinal);
        var walk = string.Concat(commits.Select(commit => commit + "\n"));
        if (names.Count == 0 || walk.Length == 0)
            return births;
        walk += "--\n" + string.Concat(names.Select(name => place.PathOf(name) + "\n"));
        var log = git.Run(["log", "--full-history", "-m", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x01%ct %H",
            "--ignore-submodules=none", "--no-ext-diff", "--no-relative", "-O/dev/null", "--stdin"], walk).Good().Output;
        TopicBirth? current = null;
        foreach (var part in log.Split('\0').Select(part => part.Trim('\n')))
        {
            if (part.Length > 0 && part[0] == '\u0001')
                current = Birth(part);
            else if (current is not null && place.NamesIn(part + "\0").FirstOrDefault() is { } name
                && (!births.TryGetValue(name, out var known) || current.IsBefore(known)))
                births[name] = current;
        }
        return births;
    }

    /// <summary>The files that git knows or would add, as paths in the tree.</summary>
    public IEnumerable<string> Files() => git.Run(["ls-files", "--full-name", "-z", "--cached", "--others", "--exclude-standard"]).Good()
        .Output.Split('\0').Where(path => path.Length > 0).Distinct(StringComparer.Ordinal);

    private bool IsThere(string name, out string commit)
    {
        var answer = git.Run(["rev-parse", "--verify", "--quiet", name + "^{commit}"]);
        commit = answer.Line;
        return answer.IsGood;
    }

    private static TopicBirth Birth(string part)
    {
        var words = part[1..].Split(' ');
        return new TopicBirth(DateTimeOffset.FromUnixTimeSeconds(long.Parse(words[0], CultureInfo.InvariantCulture)), words[1]);
    }
}
